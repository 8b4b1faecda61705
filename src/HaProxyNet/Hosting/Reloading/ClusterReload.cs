using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Health;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.State.Yarp;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>Takes over clusters and destinations.</summary>
internal sealed class ClusterReload(ProxyConfigProvider provider, ClusterDirectory clusters, HealthReporter health, OperatorMemory memory) : IReloadPart
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>The place to wait for the names of new destinations: what is committed should be served at once.</summary>
    public Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
        => Task.FromResult<IPreparedPart>(new Prepared(this, next));

    private async Task CommitAsync(ProxyOptions next)
    {
        provider.Apply(next);
        await BindAsync();
        memory.Restore();
        foreach (var cluster in clusters.All)
        {
            health.Reconsider(cluster);
        }
    }

    /// <summary>YARP may take a turn of the thread pool; no listener is given to a cluster before connections can walk its list.</summary>
    private async Task BindAsync()
    {
        // Real time: this waits for other threads.
        var began = TimeProvider.System.GetTimestamp();
        while (clusters.All.Any(cluster => cluster.State is null) && TimeProvider.System.GetElapsedTime(began) < _longest)
        {
            await Task.Delay(_look, TimeProvider.System);
        }
    }

    private sealed class Prepared(ClusterReload reload, ProxyOptions next) : IPreparedPart
    {
        public Task CommitAsync() => reload.CommitAsync(next);

        public Task GiveUpAsync() => Task.CompletedTask;

        public Task RetireAsync() => Task.CompletedTask;
    }
}
