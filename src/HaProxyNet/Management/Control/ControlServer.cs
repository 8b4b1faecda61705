using HaProxyNet.Configuration;
using HaProxyNet.Control;
using HaProxyNet.Listening;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Control;

/// <summary>
/// Takes commands from the control socket, from start to stop, so also while the proxy drains. That the socket cannot be had is a warning
/// and no reason not to serve: a proxy that its operators can only read is better than none.
/// </summary>
internal sealed partial class ControlServer(
    ProxyOptions options, ControlConversation conversation, InternalFaults faults, ServingGate gate, Succession succession,
    TimeProvider time,
    ILogger<ControlServer> logger) : IHostedService, IDisposable
{
    /// <summary>A peer needs milliseconds; more at once than this is a loop gone wild.</summary>
    private const int MostPeers = 64;

    /// <summary>After a failed accept, which only a machine without descriptors has.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    /// <summary>How long an end waits for commands under way: a second.</summary>
    private const int MostLooks = 50;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    private readonly ControlPeers _peers = new(MostPeers);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _letGo = new();
    private ControlListener? _listener;
    private Task _accepting = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        succession.When(_ => LetGoAsync());
        if (gate.WhenFree.IsCompleted)
        {
            Open();
        }
        else
        {
            _ = faults.ContainAsync(
                FaultPlace.Control,
                async server =>
                {
                    await gate.WhenFree;
                    server.Open();
                },
                this);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await LetGoAsync();
        for (var looks = 0; !_peers.IsEmpty && looks < MostLooks; looks++)
        {
            // The command that ends this process is to be answered, too.
            await Task.Delay(_look, TimeProvider.System, CancellationToken.None);
        }

        await _stopping.CancelAsync();
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _letGo.Dispose();
        _stopping.Dispose();
    }

    /// <summary>Takes no more commands, and leaves the place to the next process; those under way are answered.</summary>
    private async Task LetGoAsync()
    {
        await _letGo.CancelAsync();
        await _accepting;
        _listener?.Dispose();
        _listener = null;
    }

    private void Open()
    {
        var places = RuntimePlaces.ControlSocket(options.Admin.ControlSocket);
        if (places.Count == 0 || _letGo.IsCancellationRequested)
        {
            return;
        }

        try
        {
            _listener = ControlListener.Open(places);
            LogOpen(_listener.Place);
            _accepting = AcceptAsync(_listener);
        }
        catch (ControlUnavailableException fault)
        {
            LogUnavailable(fault.Message);
        }
    }

    private async Task AcceptAsync(ControlListener listener)
    {
        var isTold = false;
        while (!_letGo.IsCancellationRequested)
        {
            try
            {
                var peer = await listener.AcceptAsync(_letGo.Token);
                isTold = false;
                _ = faults.ContainAsync(FaultPlace.Control, ServeAsync, peer);
            }
            catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or UnauthorizedAccessException)
            {
                if (!isTold)
                {
                    LogAcceptFailed(fault.Message);
                }

                isTold = true;
                await Task.Delay(_pause, time, _letGo.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
#pragma warning disable CA1031 // Commands must go on being taken.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                faults.Report(FaultPlace.Control, fault);
                await Task.Delay(_pause, time, _letGo.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(ControlPeer peer)
    {
        await using (peer)
        {
            var isLetIn = _peers.TryEnter(peer);
            try
            {
                await conversation.HoldAsync(peer, isOneTooMany: !isLetIn, _stopping.Token);
            }
            finally
            {
                _peers.Leave(peer);
            }
        }
    }

    [LoggerMessage(EventIds.ControlOpen, LogLevel.Information, "Commands are taken at {Place}.")]
    private partial void LogOpen(string place);

    [LoggerMessage(EventIds.ControlUnavailable, LogLevel.Warning,
        "No control at run time: {Fault}. The proxy serves; commands cannot reach it.")]
    private partial void LogUnavailable(string fault);

    [LoggerMessage(EventIds.ControlAcceptFailed, LogLevel.Warning, "A command could not be taken: {Fault}.")]
    private partial void LogAcceptFailed(string fault);
}
