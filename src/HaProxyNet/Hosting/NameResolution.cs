using HaProxyNet.Failover;
using HaProxyNet.Health;
using HaProxyNet.Health.Names;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>
/// Resolves the destinations' names when the proxy starts. All listeners listen at once; one whose clusters have names accepts when they
/// are resolved, and not later than a resolver may take. A name that does not resolve is no reason not to start: its destination is down,
/// with that reason, and is tried again.
/// </summary>
internal sealed class NameResolution(
    ClusterDirectory clusters,
    ListenerDirectory listeners,
    NameResolver names,
    HealthReporter health,
    ListeningGuard guard,
    ServingGate gate,
    InternalFaults faults)
    : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var resolving = clusters.All.ToDictionary(cluster => cluster, cluster => ResolveAsync(cluster, cancellationToken));
        foreach (var listener in listeners.All)
        {
            listener.Ready = Task.WhenAll(
                [gate.WhenOpen, .. listener.Plan.Clusters.Select(cluster => resolving.GetValueOrDefault(cluster, Task.CompletedTask))]);
        }

        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners.All.Where(listener => listener.Socket is { IsStarted: false }))
        {
            _ = faults.ContainAsync(FaultPlace.Listening, BeginAsync, listener);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task BeginAsync(Listener listener)
    {
        // A resolution that failed, in whatever way, is no reason to keep clients waiting.
        await listener.Ready.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await guard.AlignAllAsync();
    }

    private Task ResolveAsync(Cluster cluster, CancellationToken cancellation)
        => Task.WhenAll(cluster.Plan.Destinations.Where(d => d.Addresses.Length == 0).Select(d => ResolveAsync(cluster, d, cancellation)));

    private async Task ResolveAsync(Cluster cluster, Destination destination, CancellationToken cancellation)
    {
        if (await names.ResolveAsync(destination, cancellation) is Resolution.Failed)
        {
            health.Report(cluster, destination, Evidence.Unresolved);
        }
    }
}
