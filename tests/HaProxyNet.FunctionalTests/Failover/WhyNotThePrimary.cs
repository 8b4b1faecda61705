using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>The metrics that say which destination should serve, and what keeps it from doing so.</summary>
public sealed class WhyNotThePrimary : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Manual_PrimaryIsUpAgain_FailbackWaits(EngineKind engine)
    {
        var (primary, secondary) = (
            TestDestination.Serving("primary", Scripts.AnswerAsync("1st.")),
            TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd.")));
        var manual = new Dictionary<string, string>(StringComparer.Ordinal) { ["Failback:Mode"] = "Manual" };
        await StartAsync(engine, new ProxySetup { Cluster = manual, DownInterval = TimeSpan.FromMilliseconds(50) }, primary, secondary);
        Assert.Equal(0, Assert.Single((await Proxy.ScrapeAsync()).Series("failback_waiting")).Value);

        Proxy.Control.SetMaintenance(Proxy.Cluster, Proxy.Cluster.Find("primary")!, new(HaProxyNet.Vocabulary.Maintenance.Disabled));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failback_waiting"));
        Proxy.Control.SetMaintenance(Proxy.Cluster, Proxy.Cluster.Find("primary")!, new(HaProxyNet.Vocabulary.Maintenance.None));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("failback_waiting"));
        Proxy.Control.FailBack(Proxy.Cluster);

        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failback_waiting"));
    }

    [Theory, ClassData<Engines>]
    public async Task Metrics_PrioritiesAndRoomForDescriptors(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));

        var metrics = await Proxy.ScrapeAsync();

        Assert.Equal(0, Assert.Single(metrics.Series("destination_priority", "destination=primary")).Value);
        Assert.Equal(1, Assert.Single(metrics.Series("destination_priority", "destination=secondary")).Value);
        Assert.Equal(60, Assert.Single(metrics.Series("hold_down_max_seconds")).Value);
        Assert.Equal(0, metrics.Sum("destination_hold_down_seconds"));
        Assert.Equal(4, metrics.Series("log_lines_dropped_total").Count());
        if (OperatingSystem.IsLinux())
        {
            Assert.InRange(metrics.Sum("descriptors_open"), 10, metrics.Sum("descriptors_limit"));
        }
    }

    [Theory, ClassData<Engines>]
    public async Task HoldDown_PrimaryRelapses_IsInTheMetricsWhileItIsDown(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup
        {
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["Health:Probe"] = "Never" },
        },
            TestDestination.Echoing("primary"), TestDestination.Echoing("secondary"));
        var primary = Proxy.Cluster.Find("primary")!;

        // A first failure is no relapse; the second, soon after the recovery, is.
        Proxy.Report(primary, Vocabulary.Evidence.Failed(Vocabulary.HealthReason.Refused, TimeSpan.Zero));
        Assert.Equal(0, await HoldDownAsync());
        Proxy.Report(primary, Vocabulary.Evidence.Accepted);
        Proxy.Report(primary, Vocabulary.Evidence.Failed(Vocabulary.HealthReason.Refused, TimeSpan.Zero));

        Assert.Equal(1, await HoldDownAsync());
    }

    private async Task<double> HoldDownAsync()
        => Assert.Single((await Proxy.ScrapeAsync()).Series("destination_hold_down_seconds", "destination=primary")).Value;
}
