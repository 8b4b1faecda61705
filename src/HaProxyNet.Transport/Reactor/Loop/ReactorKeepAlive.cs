using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// Limits the silence of the connections to destinations that have lived for a while. Accepted sockets inherit the limits; for the others
/// it takes five system calls, which a connection that ends within seconds is spared.
/// </summary>
internal sealed class ReactorKeepAlive(ReactorLane lane, ReactorTable table) : IWheelTarget
{
    /// <summary>A socket that two looks have found gets keepalive: at an age between one and two of these.</summary>
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(5);

    private bool _running;

    /// <summary>There is a connection: the looks go on until there is none.</summary>
    public void Start()
    {
        if (!_running)
        {
            _running = true;
            _ = lane.StartTimer(this, lane.Now + lane.ToTimestamp(_interval));
        }
    }

    public void OnTimer()
    {
        _running = false;
        var open = false;
        foreach (var socket in table.Open)
        {
            open = true;
            Look(socket);
        }

        if (open)
        {
            Start();
        }
    }

    private static void Look(ReactorSocket socket)
    {
        switch (socket.KeepAlive)
        {
            case KeepAliveStage.Fresh:
                socket.KeepAlive = KeepAliveStage.SeenOnce;
                break;
            case KeepAliveStage.SeenOnce:
                Descriptor.Limit(socket.Descriptor, SilenceLimits.From(TimeSpan.FromMilliseconds(socket.UserTimeout)));
                socket.KeepAlive = KeepAliveStage.On;
                break;
            default:
                break;
        }
    }
}
