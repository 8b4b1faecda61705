using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Transport.Reactor.Listening;

/// <summary>A listening descriptor that all lanes accept from.</summary>
internal sealed class ReactorListener : EngineListener
{
    private readonly int _descriptor;
    private readonly (ReactorLane Lane, ReactorAcceptor Acceptor)[] _acceptors;
    private bool _started;
    private int _stopped;

    /// <summary>Binds and listens.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public ReactorListener(
        IPEndPoint address,
        SilenceLimits limits,
        IEnumerable<ReactorLane> lanes,
        Func<ReactorLane, int, ReactorAcceptor> acceptor,
        InheritedSockets? inherited = null)
    {
        var socket = default(InheritedSocket);
        _descriptor = inherited?.TryTake(address, out socket) is true
            ? ListeningDescriptor.TakeOver(socket.Descriptor, address, limits)
            : ListeningDescriptor.Open(address, limits);
        IsShared = socket.IsShared;
        BoundAddress = Transport.Native.Descriptor.LocalAddress(_descriptor).ToEndPoint();
        _acceptors = [.. lanes.Select(lane => (lane, acceptor(lane, _descriptor)))];
    }

    public override IPEndPoint BoundAddress { get; }

    public override int Descriptor => _descriptor;

    public override bool IsShared { get; }

    public override void Start()
    {
        _started = true;
        foreach (var (lane, acceptor) in _acceptors)
        {
            lane.Post(acceptor.Start);
        }
    }

    public override async ValueTask StopAcceptingAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        if (_started && !IsShared && ListeningDescriptor.RefuseNew(_descriptor))
        {
            // Real time: this waits for the kernel.
            await Task.Delay(ListenerClosing.HandshakeGrace, TimeProvider.System);
        }

        if (_started)
        {
            await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Stop)));
        }

        _ = Libc.Close(_descriptor);
    }

    public override async ValueTask PauseAsync()
    {
        await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Pause)));
        ListeningDescriptor.Refuse(_descriptor);
    }

    public override async ValueTask ResumeAsync()
    {
        ListeningDescriptor.ListenAgain(_descriptor, BoundAddress);
        await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Resume)));
    }

    public override async ValueTask HoldAsync() => await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Pause)));

    public override async ValueTask GoOnAsync() => await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Resume)));

    public override async ValueTask LeaveAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            // Held before: it accepts nothing of the backlog, which is the other process's.
            await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Stop)));
            _ = Libc.Close(_descriptor);
        }
    }

    public override ValueTask DisposeAsync() => StopAcceptingAsync();
}
