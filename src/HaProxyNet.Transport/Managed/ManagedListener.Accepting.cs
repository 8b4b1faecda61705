using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Managed;

/// <content>The accept loop. A wait for the next client can be taken back, and an accept that is done by then is served.</content>
internal sealed partial class ManagedListener
{
    private Task _accepting = Task.CompletedTask;
    private CancellationTokenSource? _loop;

    /// <summary>Begins to accept, or begins again.</summary>
    private void BeginLoop()
    {
        var loop = _loop = new CancellationTokenSource();
        _accepting = Task.Run(() => AcceptAsync(loop.Token));
    }

    /// <summary>
    /// Ends the loop and leaves the socket as it is. Closing it to end a wait would do more: .NET shuts a socket down that is in use, and
    /// a listening one is deaf from then on for every process that has it.
    /// </summary>
    private async Task EndLoopAsync()
    {
        if (Interlocked.Exchange(ref _loop, null) is { } loop)
        {
            await loop.CancelAsync();
            await _accepting;
            loop.Dispose();
        }
    }

    private async Task AcceptAsync(CancellationToken ending)
    {
        var pause = new AcceptPause(_time);
        while (!ending.IsCancellationRequested)
        {
            var (accepted, error) = await AcceptOneAsync(ending);
            if (accepted is not null)
            {
                if (!_faults.Contain(LanePlace.Accept, Serve, accepted))
                {
                    ManagedSocket.ResetAndDispose(accepted);
                }

                if (DescriptorRoom.IsShortNow())
                {
                    await WaitForRoomAsync(pause, SocketError.TooManyOpenSockets, ending);
                }

                pause.End();
                continue;
            }

            switch (AcceptErrors.Classify(error))
            {
                case AcceptErrorTier.Fatal:
                    if (!ending.IsCancellationRequested)
                    {
                        LogStopped(_sink.Listener, BoundAddress, error);
                    }

                    return;
                case AcceptErrorTier.ResourcePressure:
                    await WaitForRoomAsync(pause, error, ending);
                    break;
                default:
                    break;
            }
        }
    }

    private async ValueTask<(Socket? Accepted, SocketError Error)> AcceptOneAsync(CancellationToken ending)
    {
        try
        {
            return (await _socket.AcceptAsync(ending), SocketError.Success);
        }
        catch (SocketException fault)
        {
            return (null, fault.SocketErrorCode);
        }
        catch (OperationCanceledException)
        {
            return (null, SocketError.OperationAborted);
        }
    }

    private async Task WaitForRoomAsync(AcceptPause pause, SocketError error, CancellationToken ending)
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

            await Task.Delay(pause.Next(), _time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (!ending.IsCancellationRequested && DescriptorRoom.IsShortNow());
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
