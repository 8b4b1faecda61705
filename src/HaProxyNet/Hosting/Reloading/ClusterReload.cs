using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Health;
using HaProxyNet.Health.Answering;
using HaProxyNet.Health.Names;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.State.Yarp;
using HaProxyNet.Transport;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>Takes over clusters and destinations.</summary>
internal sealed class ClusterReload(
    ProxyConfigProvider provider, ClusterDirectory clusters, ConfigurationInForce inForce, NameResolver names, KnownAddresses known,
    HealthReporter health, AnswerWatch answers, OperatorMemory memory, TransportEngine engine)
    : IReloadPart
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits for the names of new destinations, for as long as a resolver may take: what is committed is served at once.</summary>
    public async Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults)
    {
        if (faults.Count == 0)
        {
            await names.LearnAsync(next.Clusters.Values
                .SelectMany(cluster => cluster.Destinations)
                .Select(destination => DestinationAddress.Parse(destination.Address)));
        }

        return new Prepared(this, inForce.Now, next);
    }

    private async Task CommitAsync(ProxyOptions next)
    {
        provider.Apply(next);
        await BindAsync();
        memory.Restore();
        foreach (var cluster in clusters.All)
        {
            health.Reconsider(cluster);
        }

        answers.Reconsider();
        foreach (var lane in engine.Lanes)
        {
            lane.Reconsider();
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

    /// <summary>Names that no destination has any more are asked for when one has them again.</summary>
    private Task ForgetNamesAsync()
    {
        known.Keep(clusters.All.SelectMany(cluster => cluster.Plan.Destinations).Select(destination => destination.Model.Address.Host));
        return Task.CompletedTask;
    }

    private sealed class Prepared(ClusterReload reload, ProxyOptions before, ProxyOptions next) : IPreparedPart
    {
        public Task CommitAsync() => reload.CommitAsync(next);

        public Task GiveUpAsync() => reload.ForgetNamesAsync();

        public Task RollBackAsync() => reload.CommitAsync(before);

        public Task RetireAsync() => reload.ForgetNamesAsync();
    }
}
