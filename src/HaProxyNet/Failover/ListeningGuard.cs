using System.Net.Sockets;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover;

/// <summary>
/// Keeps the sockets of listeners as they should be. The port of a cluster refuses while none of its destinations can be used, where the
/// configuration asks for that: what stands before this proxy then goes elsewhere at once. An address that is not there (it has moved to
/// another node, or another program has the port) is tried again every second.
/// </summary>
internal sealed partial class ListeningGuard : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly ListenerDirectory _listeners;
    private readonly FailoverDirector _director;
    private readonly InternalFaults _faults;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ITimer _timer;
    private bool _stopping;

    public ListeningGuard(
        ListenerDirectory listeners,
        FailoverDirector director,
        InternalFaults faults,
        TimeProvider time,
        ILogger<ListeningGuard> logger)
    {
        (_listeners, _director, _faults, _logger) = (listeners, director, faults, logger);
        _timer = time.CreateTimer(
            static guard => _ = ((ListeningGuard)guard!).AlignAllAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _director.WhenChanged(cluster => _ = ContainAsync(cluster));
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => AlignAllAsync();

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        _stopping = true;
        _gate.Release();
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _timer.Dispose();
        _gate.Dispose();
    }

    /// <summary>Brings all listeners in line: after a reload, and while an address is missing.</summary>
    public Task AlignAllAsync() => ContainAsync(cluster: null);

    /// <summary>What throws is done again: without that a listener could refuse with no end.</summary>
    private async Task ContainAsync(Cluster? cluster)
    {
        var before = _faults[FaultPlace.Listening];
        await _faults.ContainAsync(FaultPlace.Listening, AlignAsync, cluster);
        if (_faults[FaultPlace.Listening] != before && !_stopping)
        {
            _timer.Change(_again, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Brings the listeners of a cluster in line with what is true now; calls may come late and in any order.</summary>
    private async Task AlignAsync(Cluster? cluster)
    {
        if (_stopping || !await MayGoInAsync())
        {
            return;
        }

        try
        {
            foreach (var listener in _listeners.All.Where(l => cluster is null || l.Plan.Clusters.Contains(cluster)))
            {
                await AlignAsync(listener);
            }

            if (!_stopping && _listeners.All.Any(l => l.Socket is { Obstacle: not SocketError.Success, IsStopped: false }))
            {
                _timer.Change(_again, Timeout.InfiniteTimeSpan);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>False when the proxy has ended: destinations still go down in its last moments.</summary>
    private async Task<bool> MayGoInAsync()
    {
        try
        {
            await _gate.WaitAsync();
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    private async Task AlignAsync(Listener listener)
    {
        if (_stopping || listener.Socket is not { IsStopped: false } socket)
        {
            return;
        }

        if (!socket.IsStarted)
        {
            if (!listener.Ready.IsCompleted)
            {
                return;
            }

            socket.Start();
        }

        var isPauseWanted = listener.Plan.Clusters.All(c => c is { Plan.AllDown: AllDownAction.StopListening, Active.Current: null });
        var obstacle = socket.Obstacle;
        if (!socket.IsBound)
        {
            if (socket.TryBindLate())
            {
                LogBack(listener.Name, socket.BoundAddress);
            }
        }
        else if (isPauseWanted && !socket.IsPaused)
        {
            await socket.PauseAsync();
            LogPaused(listener.Name, string.Join(", ", listener.Plan.Clusters.Select(c => c.Name)));
        }
        else if (!isPauseWanted && socket.IsPaused && await socket.TryResumeAsync())
        {
            LogResumed(listener.Name);
        }

        if (socket.Obstacle is not SocketError.Success && (socket.Obstacle != obstacle || !socket.IsObstacleLogged))
        {
            socket.IsObstacleLogged = true;
            LogWaits(listener.Name, listener.Plan.Address, socket.ObstacleInWords);
        }
    }

    [LoggerMessage(EventIds.ListenerPaused, LogLevel.Warning,
        "Listener {Listener} refuses connections: no destination of {Cluster} can be used.")]
    private partial void LogPaused(string listener, string cluster);

    [LoggerMessage(EventIds.ListenerResumed, LogLevel.Information, "Listener {Listener} accepts connections again.")]
    private partial void LogResumed(string listener);

    [LoggerMessage(EventIds.ListenerBack, LogLevel.Warning, "Listener {Listener} accepts on {Address}: the address is there now.")]
    private partial void LogBack(string listener, System.Net.IPEndPoint? address);

    [LoggerMessage(EventIds.ListenerLost, LogLevel.Critical,
        "Listener {Listener} cannot listen on {Address}: {Why}. It is tried again every second; /readyz says 503 until then.")]
    private partial void LogWaits(string listener, System.Net.IPEndPoint address, string why);
}
