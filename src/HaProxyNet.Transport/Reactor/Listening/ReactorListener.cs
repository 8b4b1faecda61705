using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Transport.Reactor.Listening;

/// <summary>A listening descriptor that all lanes accept from.</summary>
internal sealed class ReactorListener : EngineListener
{
    /// <summary>Asked of listen(2); the system lowers it to net.core.somaxconn.</summary>
    public const int Backlog = 4096;

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
            ? TakeOver(socket.Descriptor, address, limits)
            : Open(address, limits);
        IsShared = socket.IsShared;
        BoundAddress = ReactorSocket.LocalAddress(_descriptor).ToEndPoint();
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

        if (_started && !IsShared && Transport.Native.Descriptor.SetOption(
            _descriptor, ListenerClosing.Level, ListenerClosing.BindToInterface, ListenerClosing.NoInterface) == 0)
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

    /// <summary>
    /// Shut down for reading, a listening socket is a bound one again: its port answers with RST (the kernel's inet_shutdown).
    /// </summary>
    public override async ValueTask PauseAsync()
    {
        await Task.WhenAll(_acceptors.Select(a => a.Lane.RunAsync(a.Acceptor.Pause)));
        _ = Libc.Shutdown(_descriptor, Linux.ShutdownRead);
    }

    public override async ValueTask ResumeAsync()
    {
        // Where the port was chosen by the system, the shutdown has given it back.
        var error = BindAgain();
        Transport.Native.Descriptor.Require(error is Errno.Invalid ? 0 : error);
        Transport.Native.Descriptor.Require(Libc.Listen(_descriptor, Backlog) < 0 ? Errno.Last : 0);
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

    /// <summary>A socket that was bound by another process; one that refused clients there listens again.</summary>
    private static unsafe int TakeOver(int descriptor, IPEndPoint address, SilenceLimits limits)
    {
        var raw = RawAddress.From(address);
        _ = Libc.Bind(descriptor, &raw, raw.Length);
        _ = Libc.FileControl(descriptor, Linux.SetStatusFlags, Linux.SocketNonBlocking);
        Transport.Native.Descriptor.RequireOption(descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        Transport.Native.Descriptor.Limit(descriptor, limits);
        Transport.Native.Descriptor.Require(Libc.Listen(descriptor, Backlog) < 0 ? Errno.Last : 0);
        return descriptor;
    }

    private static int Open(IPEndPoint address, SilenceLimits limits)
    {
        var raw = RawAddress.From(address);
        var descriptor = Transport.Native.Descriptor.OpenTcp(raw.Family);
        Transport.Native.Descriptor.Require(descriptor < 0 ? Errno.Last : 0);
        try
        {
            Transport.Native.Descriptor.RequireOption(descriptor, Linux.LevelSocket, Linux.OptionReuseAddress, 1);
            if (raw.Family == Linux.FamilyIPv6)
            {
                Transport.Native.Descriptor.RequireOption(
                    descriptor, Linux.LevelIPv6, Linux.IPv6Only, address.Address.Equals(IPAddress.IPv6Any) ? 0 : 1);
            }

            // Accepted sockets inherit these, which saves the calls for each of them.
            Transport.Native.Descriptor.RequireOption(descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);
            Transport.Native.Descriptor.Limit(descriptor, limits);
            BindAndListen(descriptor, raw);
            return descriptor;
        }
        catch
        {
            _ = Libc.Close(descriptor);
            throw;
        }
    }

    private unsafe int BindAgain()
    {
        var raw = RawAddress.From(BoundAddress);
        return Libc.Bind(_descriptor, &raw, raw.Length) < 0 ? Errno.Last : 0;
    }

    private static unsafe void BindAndListen(int descriptor, RawAddress raw)
    {
        Transport.Native.Descriptor.Require(Libc.Bind(descriptor, &raw, raw.Length) < 0 ? Errno.Last : 0);
        Transport.Native.Descriptor.Require(Libc.Listen(descriptor, Backlog) < 0 ? Errno.Last : 0);
    }
}
