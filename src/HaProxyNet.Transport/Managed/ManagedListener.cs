using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Managed;

/// <summary>A listening socket of the Managed engine and its accept loop.</summary>
internal sealed partial class ManagedListener : EngineListener
{
    /// <summary>Asked of listen(2); the system lowers it to net.core.somaxconn.</summary>
    private const int Backlog = 4096;

    /// <summary>How often a stop looks whether the backlog is empty before it closes the socket all the same.</summary>
    private const int BacklogChecks = 1000;
    private static readonly TimeSpan _backlogCheck = TimeSpan.FromMilliseconds(2);

    private readonly IConnectionSink _sink;
    private readonly Lane _lane;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly LaneFaults _faults;
    private Socket _socket;
    private readonly SocketOperation _operation = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _accepting = Task.CompletedTask;
    private SilenceLimits _limits;
    private volatile bool _held;
    private bool _started;
    private int _stopped;

    public ManagedListener(IPEndPoint address, IConnectionSink sink, Lane lane, TimeProvider time, LaneFaults faults, ILogger logger)
    {
        _faults = faults;
        (_sink, _lane, _time, _logger) = (sink, lane, time, logger);
        _socket = Open(address);
        BoundAddress = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public override IPEndPoint BoundAddress { get; }

    public override void Start()
    {
        _started = true;
        _accepting = Task.Run(AcceptAsync);
    }

    public override async ValueTask StopAcceptingAsync()
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        if (_started && !_held)
        {
            await EmptyBacklogAsync();
        }

        await _stopping.CancelAsync();
        _socket.Dispose();
        await _accepting;
    }

    public override async ValueTask PauseAsync()
    {
        _held = true;
        _socket.Dispose();
        await _accepting;
    }

    public override ValueTask ResumeAsync()
    {
        _socket = Open(BoundAddress);
        _held = false;
        _accepting = Task.Run(AcceptAsync);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAcceptingAsync();
        _operation.Dispose();
        _stopping.Dispose();
    }

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
            socket.Listen(Backlog);
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
        RefuseNewConnections();

        // Real time: this waits for the kernel.
        await Task.Delay(ListenerClosing.HandshakeGrace, TimeProvider.System);
        for (var i = 0; i < BacklogChecks && _socket.Poll(0, SelectMode.SelectRead); i++)
        {
            await Task.Delay(_backlogCheck, TimeProvider.System);
        }
    }

    private void RefuseNewConnections()
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                _socket.SetRawSocketOption(
                    ListenerClosing.Level, ListenerClosing.BindToInterface, BitConverter.GetBytes(ListenerClosing.NoInterface));
            }
            catch (SocketException)
            {
                // An old kernel: the backlog is emptied all the same, and the window is small.
            }
        }
    }

    private async Task AcceptAsync()
    {
        var pause = new AcceptPause(_time);
        while (!_stopping.IsCancellationRequested && !_held)
        {
            _operation.AcceptSocket = null;
            var error = await _operation.StartAsync(static (socket, operation) => socket.AcceptAsync(operation), _socket);
            if (error is SocketError.Success)
            {
                if (!_faults.Contain(LanePlace.Accept, Serve, _operation.AcceptSocket!))
                {
                    ManagedSocket.ResetAndDispose(_operation.AcceptSocket!);
                }

                if (DescriptorRoom.IsShortNow())
                {
                    await WaitForRoomAsync(pause, SocketError.TooManyOpenSockets);
                }

                pause.End();
                continue;
            }

            switch (AcceptErrors.Classify(error))
            {
                case AcceptErrorTier.Fatal:
                    if (!_stopping.IsCancellationRequested && !_held)
                    {
                        LogStopped(_sink.Listener, BoundAddress, error);
                    }

                    return;
                case AcceptErrorTier.ResourcePressure:
                    await WaitForRoomAsync(pause, error);
                    break;
                default:
                    break;
            }
        }
    }

    private async Task WaitForRoomAsync(AcceptPause pause, SocketError error)
    {
        if (pause.IsNews())
        {
            _logger.AcceptPaused(_sink.Listener, error);
        }

        do
        {
            if (_sink.MakeRoom())
            {
                pause.End();
            }

            await Task.Delay(pause.Next(), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!_stopping.IsCancellationRequested && DescriptorRoom.IsShortNow());
    }

    private void Serve(Socket accepted)
    {
        if (!OperatingSystem.IsLinux())
        {
            // Linux passes these on from the listening socket.
            accepted.NoDelay = true;
            SilenceOptions.Set(accepted, _sink.Silence);
        }
        else if (_limits != _sink.Silence)
        {
            // A reload has changed them: from here on sockets inherit the new ones.
            _limits = _sink.Silence;
            SilenceOptions.Set(_socket, _limits);
            SilenceOptions.Set(accepted, _limits);
        }

        _sink.Serve(_sink.Accept(_lane, new ManagedSocket(accepted) { UserTimeout = _sink.Silence.UserTimeoutMilliseconds }));
    }

    [LoggerMessage(TransportEventIds.AcceptStopped, LogLevel.Critical,
        "Listener {Listener} on {Address} has stopped accepting: {Error}. Restart the proxy.")]
    private partial void LogStopped(string listener, IPEndPoint address, SocketError error);
}
