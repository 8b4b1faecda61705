using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Managed;

/// <summary>A listening socket of the Managed engine and its accept loop.</summary>
internal sealed partial class ManagedListener : EngineListener
{
    /// <summary>How often a stop looks whether the backlog is empty before it closes the socket all the same.</summary>
    private const int BacklogChecks = 1000;
    private static readonly TimeSpan _backlogCheck = TimeSpan.FromMilliseconds(2);

    private readonly IConnectionSink _sink;
    private readonly Lane _lane;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LaneFaults _faults;
    private Socket _socket;
    private SilenceLimits _limits;
    private int _stopped;

    /// <summary>Binds and listens, or goes on with the socket of another process.</summary>
    /// <exception cref="SocketException">The address cannot be bound.</exception>
    public ManagedListener(
        IPEndPoint address, IConnectionSink sink, Lane lane, TimeProvider time, LaneFaults faults, ILogger logger,
        InheritedSockets? inherited = null)
    {
        _faults = faults;
        (_sink, _lane, _time, _logger) = (sink, lane, time, logger);
        _limits = _sink.Silence;
        var socket = default(InheritedSocket);
        _socket = inherited?.TryTake(address, out socket) is true ? TakeOver(socket.Descriptor, address) : Open(address);
        IsShared = socket.IsShared;
        BoundAddress = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public override IPEndPoint BoundAddress { get; }

    public override bool IsShared { get; }

    public override int Descriptor => OperatingSystem.IsLinux() && Volatile.Read(ref _stopped) == 0 ? (int)_socket.Handle : -1;

    public override void Start() => BeginLoop();

    public override async ValueTask StopAcceptingAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            if (_loop is not null && !IsShared)
            {
                await EmptyBacklogAsync();
            }

            await EndLoopAsync();
            _socket.Dispose();
        }
    }

    public override async ValueTask PauseAsync()
    {
        await EndLoopAsync();
        if (OperatingSystem.IsLinux())
        {
            ListeningDescriptor.Refuse((int)_socket.Handle);
        }
        else
        {
            _socket.Dispose();
        }
    }

    public override ValueTask ResumeAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            ListeningDescriptor.ListenAgain((int)_socket.Handle, BoundAddress);
        }
        else
        {
            _socket = Open(BoundAddress);
        }

        BeginLoop();
        return ValueTask.CompletedTask;
    }

    public override async ValueTask HoldAsync() => await EndLoopAsync();

    public override ValueTask GoOnAsync()
    {
        BeginLoop();
        return ValueTask.CompletedTask;
    }

    public override async ValueTask LeaveAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 0)
        {
            // Held before: it accepts nothing of the backlog, which is the other process's.
            await EndLoopAsync();
            _socket.Dispose();
        }
    }

    public override ValueTask DisposeAsync() => StopAcceptingAsync();

    private Socket TakeOver(int descriptor, IPEndPoint address)
        => new(new SafeSocketHandle(ListeningDescriptor.TakeOver(descriptor, address, _limits), ownsHandle: true));

    private Socket Open(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (address.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(address);
            socket.NoDelay = true;
            SilenceOptions.Set(socket, _limits = _sink.Silence);
            socket.Listen(ListeningDescriptor.Backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task EmptyBacklogAsync()
    {
        if (OperatingSystem.IsLinux())
        {
            // An old kernel cannot: the backlog is emptied all the same, and the window is small.
            _ = ListeningDescriptor.RefuseNew((int)_socket.Handle);
        }

        // Real time: this waits for the kernel.
        await Task.Delay(ListenerClosing.HandshakeGrace, TimeProvider.System);
        for (var i = 0; i < BacklogChecks && _socket.Poll(0, SelectMode.SelectRead); i++)
        {
            await Task.Delay(_backlogCheck, TimeProvider.System);
        }
    }
}
