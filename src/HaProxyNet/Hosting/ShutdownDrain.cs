using HaProxyNet.Closing;
using HaProxyNet.Configuration;
using HaProxyNet.Listening;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>
/// What SIGTERM does: stop accepting, wait for open connections, reset the rest. It runs before Kestrel stops, so that the admin endpoint
/// still answers while connections drain.
/// </summary>
internal sealed partial class ShutdownDrain(
    ProxyOptions options, ListenerDirectory listeners, TransportEngine engine, ProxyReadiness readiness, TimeProvider time, ILogger<ShutdownDrain> logger)
    : IHostedLifecycleService
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners.All)
        {
            LogListening(listener.Name, listener.BoundAddress, string.Join(", ", listener.Plan.Clusters.Select(c => c.Name)), engine.Name);
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.IsDraining = true;
        await Task.WhenAll(listeners.All.Select(l => l.Socket).OfType<ListeningSocket>().Select(s => s.StopAsync()));
        var open = OpenConnections;
        if (open == 0)
        {
            return;
        }

        LogDraining(open, options.ShutdownTimeout.TotalSeconds);
        await WaitUntilIdleAsync(options.ShutdownTimeout, cancellationToken);
        var cut = OpenConnections;
        await ResetAsync(ConnectionOutcome.DrainDeadline);
        LogDrained(open - cut, cut);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int OpenConnections => listeners.Known.Sum(l => l.Open);

    private async Task WaitUntilIdleAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (OpenConnections > 0 && time.GetElapsedTime(began) < longest && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(_look, time, CancellationToken.None);
        }
    }

    private async Task ResetAsync(ConnectionOutcome outcome)
    {
        foreach (var lane in engine.Lanes)
        {
            foreach (var connection in await lane.Snapshot())
            {
                lane.RequestAbort(connection, outcome);
            }
        }

        // Each of them now ends by itself; what is waited for is its log line and its counters.
        await WaitUntilIdleAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    [LoggerMessage(EventIds.Listening, LogLevel.Information, "Listener {Listener} accepts on {Address} for cluster {Cluster}; engine {Engine}.")]
    private partial void LogListening(string listener, System.Net.IPEndPoint? address, string cluster, string engine);

    [LoggerMessage(EventIds.DrainStarted, LogLevel.Information,
        "Draining: no new connections; {Open} open ones have {Seconds} s to end.")]
    private partial void LogDraining(int open, double seconds);

    [LoggerMessage(EventIds.DrainEnded, LogLevel.Information, "Drained: {Ended} connections ended by themselves, {Cut} were reset.")]
    private partial void LogDrained(int ended, int cut);
}
