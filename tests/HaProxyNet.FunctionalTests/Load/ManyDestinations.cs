using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.FunctionalTests.Load;

public sealed class ManyDestinations : Scenario
{
    private const int Count = 100;
    private const int Changes = 50;

    /// <summary>Visits are counted, not time: a change of one destination is no reason to look at the others.</summary>
    [Theory, ClassData<Engines>]
    public async Task OneDestinationChanges_TheOthersAreNotLookedAt(EngineKind engine)
    {
        var destinations = Enumerable.Range(0, Count).Select(i => TestDestination.Refusing($"d{i}")).ToArray();
        await StartAsync(engine, new ProxySetup { Quiet = true }.WithoutIdleProbes(), destinations);
        var scheduler = Proxy.Service<IEnumerable<IHostedService>>().OfType<HealthScheduler>().Single();
        await Eventually.TrueAsync(() => scheduler.Visits >= Count, "each is looked at");
        var (before, one) = (scheduler.Visits, Proxy.Cluster.Plan.Destinations[^1]);

        for (var i = 0; i < Changes; i++)
        {
            var seen = scheduler.Visits;
            Proxy.Control.SetMaintenance(Proxy.Cluster, one, new(i % 2 == 0 ? Maintenance.Disabled : Maintenance.None));
            await Eventually.TrueAsync(() => scheduler.Visits > seen, "it is looked at");
        }

        // Each destination is looked at once a minute besides.
        Assert.InRange(scheduler.Visits - before, Changes, Changes * Count / 2);
    }
}
