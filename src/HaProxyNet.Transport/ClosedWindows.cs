namespace HaProxyNet.Transport;

/// <summary>
/// Looks at a lane's sockets from time to time, and gives peers with a closed window the time that <see cref="ClosedWindow"/> grants
/// them.
/// </summary>
internal sealed class ClosedWindows(Lane lane)
{
    private Dictionary<TransportSocket, ClosedWindow> _closed = [];
    private Dictionary<TransportSocket, ClosedWindow> _next = [];
    private TimeSpan _looked;

    /// <summary>The looks begin, after a time in which there was nothing to look at.</summary>
    public void Begin() => _looked = Time(lane);

    /// <summary>Looks at these sockets; the shortest user timeout among them, zero when there is none.</summary>
    public TimeSpan Look(IEnumerable<TransportSocket> sockets)
    {
        var (now, shortest) = (Time(lane), TimeSpan.Zero);
        foreach (var socket in sockets)
        {
            var userTimeout = TimeSpan.FromMilliseconds(socket.UserTimeout);
            if (userTimeout > TimeSpan.Zero)
            {
                shortest = shortest == TimeSpan.Zero || userTimeout < shortest ? userTimeout : shortest;
                Look(socket, userTimeout, now);
            }
        }

        (_closed, _next, _looked) = (_next, _closed, now);
        _next.Clear();
        return shortest;
    }

    private void Look(TransportSocket socket, TimeSpan userTimeout, TimeSpan now)
    {
        var before = _closed.TryGetValue(socket, out var known) ? known : (ClosedWindow?)null;
        if (!socket.TryReadSendQueue(out var queue))
        {
            return;
        }

        var after = ClosedWindow.Decide(queue, before, now, _looked, userTimeout);
        if (after is { } closed)
        {
            _next[socket] = closed;
            socket.LimitSilence(closed.Limit);
        }
        else if (before is not null)
        {
            socket.LimitSilence(userTimeout);
        }
    }

    private static TimeSpan Time(Lane lane) => TimeSpan.FromSeconds(lane.Now / (double)lane.ToTimestamp(TimeSpan.FromSeconds(1)));
}
