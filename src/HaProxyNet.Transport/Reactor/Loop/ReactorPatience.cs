namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>Looks for peers that live and read nothing, while there are sockets with a user timeout.</summary>
internal sealed class ReactorPatience(ReactorLane lane, ReactorTable table) : IWheelTarget
{
    private readonly ClosedWindows _windows = new(lane);
    private WheelTimer? _timer;
    private TimeSpan _shortest;

    /// <summary>There is a socket with this user timeout, in milliseconds.</summary>
    public void Start(int userTimeout)
    {
        var limit = TimeSpan.FromMilliseconds(userTimeout);
        if (limit <= TimeSpan.Zero || (_timer is not null && limit >= _shortest))
        {
            return;
        }

        if (_timer is not null)
        {
            lane.StopTimer(_timer);
        }
        else
        {
            _windows.Begin();
        }

        _shortest = limit;
        _timer = lane.StartTimer(this, lane.Now + lane.ToTimestamp(ClosedWindow.Period(limit)));
    }

    public void OnTimer()
    {
        _timer = null;
        Start((int)_windows.Look(table.Open).TotalMilliseconds);
    }
}
