using HaProxyNet.Health;
using HaProxyNet.State;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>
/// Resolves the destinations' names before the listeners open. A name that does not resolve is no reason not to start: its destination is
/// down, with that reason, and is tried again by its probe.
/// </summary>
internal sealed class NameResolution(ClusterDirectory clusters, NameResolver names, HealthReporter health) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
        => Task.WhenAll(clusters.All.SelectMany(cluster => cluster.Plan.Destinations
            .Where(destination => destination.Addresses.Length == 0)
            .Select(destination => ResolveAsync(cluster, destination, cancellationToken))));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ResolveAsync(Cluster cluster, Destination destination, CancellationToken cancellation)
    {
        if (await names.ResolveAsync(destination, cancellation) is Resolution.Failed)
        {
            health.Report(cluster, destination, Evidence.Unresolved);
        }
    }
}
