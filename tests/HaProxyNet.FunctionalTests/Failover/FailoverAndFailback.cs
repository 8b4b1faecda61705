using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Failover;

public sealed class FailoverAndFailback : Scenario
{
    private static readonly ProxySetup _setup = new() { DownInterval = TimeSpan.FromMilliseconds(50) };

    [Theory, ClassData<Engines>]
    public async Task PrimaryKilledAndRevivedFiveTimes_NoCallFailsAndEverySwitchIsCounted(EngineKind engine)
    {
        const int Rounds = 5;
        var primary = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, _setup, primary, secondary);
        var answers = new List<string>();
        for (var round = 0; round < Rounds; round++)
        {
            answers.AddRange(await CallsAsync(5));
            primary.StopListening();
            answers.AddRange(await CallsAsync(5));
            primary.Revive(Scripts.AnswerAsync("1st."));
            await Eventually.TrueAsync(
                async () => (await Proxy.ScrapeAsync()).Sum("active_destination", "destination=primary") == 1,
                () => "new connections go to the primary again");
        }

        answers.AddRange(await CallsAsync(5));

        string[] round1 = [.. Enumerable.Repeat("1st.", 5), .. Enumerable.Repeat("2nd.", 5)];
        Assert.Equal([.. Enumerable.Repeat(round1, Rounds).SelectMany(r => r), .. Enumerable.Repeat("1st.", 5)], answers);
        await Proxy.LinesAsync(answers.Count);
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(Rounds, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=refused"));
        Assert.Equal(Rounds, metrics.Sum("failovers_total", "from=secondary", "to=primary", "reason=connected"));
        Assert.Equal(2 * Rounds, metrics.Sum("failovers_total"));
        Assert.Equal(Rounds, metrics.Sum("failover_detection_seconds_count"));
        Assert.Equal(answers.Count, metrics.Sum("connections_total", "outcome=completed"));
        Assert.InRange(metrics.Sum("seconds_on_secondary_total"), 0.001, double.MaxValue);
        Assert.Equal((Rounds, Rounds), (Proxy.Log.Events(EventIds.Failover).Count, Proxy.Log.Events(EventIds.Failback).Count));
    }

    /// <summary>Without a client, only the probe can find out; what the agent accepted is then known to the last connection.</summary>
    [Theory, ClassData<Engines>]
    public async Task PrimaryRevivedWithoutTraffic_OneProbeFindsItAndNoneFollows(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, _setup, primary, secondary);
        Assert.Equal("2nd.", await CallAsync());

        primary.Revive(Scripts.AnswerAsync("1st."));
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("active_destination", "destination=primary") == 1,
            () => "new connections go to the primary again");

        Assert.All(await CallsAsync(20), answer => Assert.Equal("1st.", answer));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("probes_total", "destination=primary", "result=success"));
        Assert.InRange(primary.Traffic.Connections, 20, 21);
        Assert.Equal(1, secondary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task NoDestinationIsDown_NobodyIsProbed(EngineKind engine)
    {
        var primary = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, _setup, primary, secondary);

        await CallsAsync(50);

        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("probes_total"));
        Assert.Equal((50, 0), (primary.Traffic.Connections, secondary.Traffic.Connections));
    }

    [Theory, ClassData<Engines>]
    public async Task AllDownThenOneRevived_IsServedAgain(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        var secondary = TestDestination.Refusing("secondary");
        await StartAsync(engine, _setup, primary, secondary);
        Assert.Equal("reset", await CallAsync());

        secondary.Revive(Scripts.AnswerAsync("2nd."));
        await Eventually.TrueAsync(async () => (await Proxy.ScrapeAsync()).Sum("destination_up") == 1, () => "the secondary is up");

        Assert.Equal("2nd.", await CallAsync());
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total", "from=none", "to=secondary", "reason=connected"));
        Assert.Equal(3, metrics.Sum("failovers_total"));
    }

    /// <summary>Where all are down because they refuse, a client's own connection asks again: it need not wait for a probe.</summary>
    [Theory, ClassData<Engines>]
    public async Task AllRefusedThenOneRevived_TheNextClientFindsIt(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        await StartAsync(engine, new ProxySetup { DownInterval = TimeSpan.FromDays(1) }, primary);
        Assert.Equal("reset", await CallAsync());
        await Eventually.TrueAsync(async () => (await Proxy.ScrapeAsync()).Sum("probes_total") == 1, () => "the first probe was refused");

        primary.Revive(Scripts.AnswerAsync("1st."));

        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("destination_up"));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("probes_total", "result=success"));
    }

    /// <summary>Many clients meet the dead primary at once: one failover, each client served.</summary>
    [Theory, ClassData<Engines>]
    public async Task PrimaryRefusesManyAtOnce_AllAreServedAndOneFailoverIsCounted(EngineKind engine)
    {
        var secondary = TestDestination.Serving("secondary", Scripts.AnswerAsync("2nd."));
        await StartAsync(engine, TestDestination.Refusing("primary"), secondary);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(CallAsync)));

        Assert.All(answers, answer => Assert.Equal("2nd.", answer));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total"));
        Assert.Equal(
            metrics.Sum("connect_failures_total"), metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=refused"));
    }

    private async Task<List<string>> CallsAsync(int count)
    {
        var answers = new List<string>();
        for (var i = 0; i < count; i++)
        {
            answers.Add(await CallAsync());
        }

        return answers;
    }
}
