using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>A reload leaves the schedule of probes alone, unless it changes how they are made.</summary>
public sealed class ReloadBetweenProbes : ProbingScenario
{
    public ReloadBetweenProbes() => Truth.DestinationsMayChange = true;

    [Theory, ClassData<Engines>]
    public async Task NothingOrSomethingElseChanges_TheWaitForTheNextProbeGoesOn(EngineKind engine)
    {
        await StartDownAsync(engine);
        var (probes, plan) = (await ProbesAsync(), Proxy.Cluster.Plan);

        await ReloadAsync(("Health:DownInterval", "1.00:00:00"));
        Assert.Same(plan, Proxy.Cluster.Plan);
        foreach (var idle in new[] { "01:00:00", "02:00:00", "03:00:00" })
        {
            await ReloadAsync(("Health:DownInterval", "1.00:00:00"), ("IdleTimeout", idle));
        }

        Assert.NotSame(plan, Proxy.Cluster.Plan);
        Assert.Equal(probes, await ProbesAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task DownIntervalChanges_ProbesFollowItAtOnce(EngineKind engine)
    {
        await StartDownAsync(engine);
        var probes = await ProbesAsync();

        await ReloadAsync(("Health:DownInterval", "00:00:01"));

        await ProbedAsync(probes + 1);
    }

    /// <summary>The primary is down and was probed, and the next probe is hours away.</summary>
    private async Task StartDownAsync(EngineKind engine)
    {
        await StartAsync(engine, ("Health:DownInterval", "1.00:00:00"), ("Health:Probe", "WhenDown"));
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        await ProbedAsync(1, "destination=primary", "result=refused");
    }

    /// <summary>Returns when the scheduler has looked at both destinations again.</summary>
    private async Task ReloadAsync(params (string Key, string Value)[] settings)
    {
        var scheduler = Proxy.Service<IEnumerable<IHostedService>>().OfType<HealthScheduler>().Single();
        var (visits, reloads) = (scheduler.Visits, Proxy.Log.Events(EventIds.ConfigurationReloaded).Count);
        var cluster = Setup([.. settings, ("Health:Probe", "WhenDown")]).Cluster;

        Proxy.Reload(AddressesOf(Primary, Secondary), setup => setup with { Cluster = cluster });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count > reloads, "the reload is done");
        await Eventually.TrueAsync(() => scheduler.Visits >= visits + 2, "the scheduler has looked");
    }
}
