using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class NoCandidateLeft : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_NoCandidateLeft_ResetsClient(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Refusing("primary"), TestDestination.Refusing("secondary"));
        var client = await ConnectAsync();

        await client.ExpectResetAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("no_destination", "proxy", "", 2), (line.Outcome, line.ClosedBy, line.Destination, line.Attempts));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=refused"));
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=refused"));
        Assert.Equal(1, metrics.Sum("failovers_total", "from=secondary", "to=none", "reason=refused"));
        Assert.Single(Proxy.Log.Events(Vocabulary.EventIds.AllDown));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_NoneAnswers_ResetsClientAtOnceWhileDown(EngineKind engine)
    {
        var setup = new ProxySetup { ConnectTimeout = TimeSpan.FromMilliseconds(100), DownInterval = TimeSpan.FromHours(1) };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"));
        await (await ConnectAsync()).ExpectResetAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(Vocabulary.EventIds.AllDown).Count == 1, "all are down");
        await Proxy.LinesAsync(1);

        // A destination that does not answer is not asked again for a client: that would only make it wait.
        await (await ConnectAsync()).ExpectResetAsync();

        var lines = await Proxy.LinesAsync(2);
        Assert.Equal([("no_destination", 1), ("no_destination", 0)], lines.Select(l => (l.Outcome, l.Attempts)));
    }
}
