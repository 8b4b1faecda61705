using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>Looks after something that a connection does above the engine, until it is disposed of.</summary>
internal sealed class ReactorWatch(ReactorLane lane, LaneConnection connection, ILaneActivity activity) : IWheelTarget, ILaneWatch
{
    private WheelTimer? _timer;

    /// <summary>Begins; it may have been asked to end already.</summary>
    public void Start()
    {
        connection.Activity = activity;
        StartTimer();
        if (connection.AbortRequest is var asked and not ConnectionOutcome.None)
        {
            activity.Abort(asked);
        }
    }

    public void OnTimer()
    {
        _timer = null;
        if (activity.Due <= lane.Now)
        {
            activity.Look(lane.Now);
        }

        // It may have ended by the look.
        if (ReferenceEquals(connection.Activity, activity))
        {
            StartTimer();
        }
    }

    public void Reconsider()
    {
        StopTimer();
        StartTimer();
    }

    public void Dispose()
    {
        connection.Activity = null;
        StopTimer();
    }

    private void StartTimer()
    {
        if (activity.Due is < long.MaxValue and var due)
        {
            _timer = lane.StartTimer(this, due);
        }
    }

    private void StopTimer()
    {
        if (_timer is { } timer)
        {
            lane.StopTimer(timer);
            _timer = null;
        }
    }
}
