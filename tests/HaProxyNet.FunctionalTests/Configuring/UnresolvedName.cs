using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Configuring;

public sealed class UnresolvedName : Scenario
{
    public UnresolvedName() => Truth.NamesMayNotResolve = true;

    [Theory, ClassData<Engines>]
    public async Task Start_NameDoesNotResolve_DestinationIsDownWithAReasonAndTheOtherServes(EngineKind engine)
    {
        var secondary = Add(TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd.")));

        await StartAtAsync(engine, new ProxySetup(), [("primary", "agent.invalid:5050"), .. AddressesOf(secondary)]);

        var primary = Proxy.Cluster.Plan.Destinations[0];

        // The listeners are open at once; names are asked for meanwhile.
        await Eventually.TrueAsync(
            () => primary.Condition is { State: Vocabulary.DestinationStatus.Down, Reason: Vocabulary.HealthReason.Unresolved }
                && ReferenceEquals(Proxy.Cluster.Candidates.Destinations[0], Proxy.Cluster.Plan.Destinations[1]),
            "the primary is down, unresolved");
        Assert.Equal("2nd.", await CallAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("secondary", 1), (line.Destination, line.Attempts));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=unresolved"));
        Assert.Equal(0, metrics.Sum("fall_throughs_total"));
        Assert.Equal(0, metrics.Sum("connect_failures_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task Start_NameResolves_IsConnectedTo(EngineKind engine)
    {
        var primary = Add(TestDestination.Serving("primary", Scripts.AnswerAsync("1st.")));

        await StartAtAsync(engine, new ProxySetup(), [("primary", $"localhost:{primary.Address.Port}")]);

        Assert.Equal("1st.", await CallAsync());
    }
}
