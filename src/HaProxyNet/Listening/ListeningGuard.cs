using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Failover;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Listening;

/// <summary>
/// Makes the port of a cluster refuse while none of its destinations can be used, where the configuration asks for that: whoever stands
/// before this proxy then goes elsewhere at once.
/// </summary>
internal sealed partial class ListeningGuard(ListenerDirectory listeners, FailoverDirector director, ILogger<ListeningGuard> logger)
    : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        director.WhenChanged(cluster => _ = AlignAsync(cluster));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        _stopping = true;
        _gate.Release();
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>Brings all listeners in line.</summary>
    public async Task AlignAllAsync()
    {
        await _gate.WaitAsync();
        try
        {
            foreach (var listener in listeners.All)
            {
                await AlignAsync(listener);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Brings the listeners of a cluster in line with what is true now; calls may come late and in any order.</summary>
    private async Task AlignAsync(Cluster cluster)
    {
        await _gate.WaitAsync();
        try
        {
            foreach (var listener in listeners.All.Where(l => l.Plan.Clusters.Contains(cluster)))
            {
                await AlignAsync(listener);
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task AlignAsync(Listener listener)
    {
        if (listener.Socket is { IsStarted: false } waiting)
        {
            if (_stopping || !listener.Ready.IsCompleted)
            {
                return;
            }

            waiting.Start();
        }

        var isWanted = listener.Plan.Clusters.All(c => c is { Plan.AllDown: AllDownAction.StopListening, Active.Current: null });
        if (_stopping || listener.Socket is not { BoundAddress: not null } socket || isWanted == socket.IsPaused)
        {
            return;
        }

        if (isWanted)
        {
            await socket.PauseAsync();
            LogPaused(listener.Name, string.Join(", ", listener.Plan.Clusters.Select(c => c.Name)));
        }
        else if (await socket.TryResumeAsync())
        {
            LogResumed(listener.Name);
        }
        else
        {
            LogLost(listener.Name, listener.BoundAddress, socket.Obstacle);
        }
    }

    [LoggerMessage(EventIds.ListenerPaused, LogLevel.Warning, "Listener {Listener} refuses connections: no destination of {Cluster} can be used.")]
    private partial void LogPaused(string listener, string cluster);

    [LoggerMessage(EventIds.ListenerResumed, LogLevel.Information, "Listener {Listener} accepts connections again.")]
    private partial void LogResumed(string listener);

    [LoggerMessage(EventIds.ListenerLost, LogLevel.Critical,
        "Listener {Listener} cannot listen on {Address} again: {Error}. Another program has taken the port; free it and restart the proxy.")]
    private partial void LogLost(string listener, System.Net.IPEndPoint? address, SocketError error);
}
