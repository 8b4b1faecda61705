namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>Calls once at a time, on the lane, unless it is disposed of before; at the end of the lane at the latest.</summary>
internal sealed class ReactorAlarm : IWheelTarget, IDisposable
{
    private readonly ReactorLane _lane;
    private readonly Action<object> _ring;
    private readonly object _state;
    private WheelTimer? _timer;

    public ReactorAlarm(ReactorLane lane, TimeSpan after, Action<object> ring, object state)
    {
        (_lane, _ring, _state) = (lane, ring, state);
        _timer = lane.StartTimer(this, lane.Now + lane.ToTimestamp(after));
        lane.Alarms.Add(this);
    }

    public void OnTimer()
    {
        _timer = null;
        _lane.Alarms.Remove(this);
        _ring(_state);
    }

    /// <summary>Calls before its time.</summary>
    public void RingNow()
    {
        Dispose();
        _ring(_state);
    }

    public void Dispose()
    {
        if (_timer is { } timer)
        {
            _timer = null;
            _lane.Alarms.Remove(this);
            _lane.StopTimer(timer);
        }
    }
}
