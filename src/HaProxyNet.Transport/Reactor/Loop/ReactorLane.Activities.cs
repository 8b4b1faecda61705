using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>What connections do above the engine.</content>
internal sealed partial class ReactorLane
{
    /// <summary>Whether the caller is on this lane.</summary>
    public bool IsCurrent => ReferenceEquals(Thread.CurrentThread, _thread);

    /// <summary>The alarms that have not rung. On the lane.</summary>
    public HashSet<ReactorAlarm> Alarms { get; } = [];

    /// <summary>An await that goes on on this lane. Any thread.</summary>
    public LaneHop Here => field ??= new LaneHop((continuation, state) => Post(() => continuation(state)));

    public override LaneSocket Open(LaneConnection connection, TransportSocket socket)
        => new ReactorLaneSocket(this, connection, (ReactorSocket)socket);

    public override IDisposable Alarm(TimeSpan after, Action<object> ring, object state) => new ReactorAlarm(this, after, ring, state);

    public override ILaneWatch Watch(LaneConnection connection, ILaneActivity activity)
    {
        var watch = new ReactorWatch(this, connection, activity);
        watch.Start();
        return watch;
    }
}
