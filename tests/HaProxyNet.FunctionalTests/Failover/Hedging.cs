using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>A destination that does not answer soon is not waited for.</summary>
public sealed class Hedging : Scenario
{
    private static readonly ProxySetup _setup = new()
    {
        HedgeAfter = TimeSpan.FromMilliseconds(50),
        ConnectTimeout = TimeSpan.FromMinutes(1),
        DownInterval = TimeSpan.FromHours(1),
    };

    [Theory, ClassData<Engines>]
    public async Task Hedge_PrimaryDoesNotAnswer_SecondaryServesAndTheNextOneStartsThere(EngineKind engine)
    {
        await StartAsync(engine, _setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));

        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal(DestinationStatus.Suspect, Primary.Status);
        await Proxy.LinesAsync(1);
        Assert.Equal(Scripts.Request, await EchoCallAsync());

        var lines = await Proxy.LinesAsync(2);
        Assert.Equal(
            [("secondary", 2, "hedge"), ("secondary", 1, "preferred_suspect")], lines.Select(l => (l.Destination, l.Attempts, l.Reason)));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=hedge"));
        Assert.Equal(0, metrics.Sum("failovers_total"));
        Assert.Equal((0, 1), (metrics.Sum("hedges_total", "won=preferred"), metrics.Sum("hedges_total", "won=other")));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_PrimaryAnswersLate_IsTakenAndTheOtherNeverSeesIt(EngineKind engine)
    {
        Truth.AttemptsMayBeLost = true;

        // What filled its backlog reaches it when it listens again.
        Truth.DestinationsHaveOtherClients = true;
        var primary = await TestDestination.SilentAsync("primary");
        await StartAsync(engine, _setup, primary, await TestDestination.SilentAsync("secondary"));
        var client = await ConnectAsync();
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 2), () => "both are being tried");

        // The SYN that is sent again after a second finds somebody.
        primary.StopListening();
        primary.Revive(Scripts.EchoAsync);

        await client.SendAsync("hello");
        await client.ExpectAsync("hello");
        client.FinishSending();
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "primary", 2, "preferred"), (line.Outcome, line.Destination, line.Attempts, line.Reason));
        Assert.Equal(DestinationStatus.Up, Primary.Status);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("hedges_total", "won=preferred"));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_TheSlowAttemptTimesOut_IsAFailureOfThePrimary(EngineKind engine)
    {
        var setup = _setup with { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));

        Assert.Equal(Scripts.Request, await EchoCallAsync());
        await Eventually.TrueAsync(() => Primary.Status is DestinationStatus.Down, "the slow attempt has timed out");

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=timeout"));
        Assert.Equal(1, metrics.Sum("connect_failures_total", "reason=hedge"));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_TheSlowAttemptIsAccepted_UpAgainAndThePrimaryNeverSawIt(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        await StartAsync(engine, _setup, primary, TestDestination.Echoing("secondary"));
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        Assert.Equal(DestinationStatus.Suspect, Primary.Status);

        primary.StopListening();
        primary.Listen();

        await Eventually.TrueAsync(() => Primary.Status is DestinationStatus.Up, "the slow attempt was accepted");
        Assert.Empty(primary.TakeStrangers());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_AllAreSlowAndFail_ResetsTheClient(EngineKind engine)
    {
        var setup = _setup with { ConnectTimeout = TimeSpan.FromMilliseconds(300) };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), await TestDestination.SilentAsync("secondary"));

        await (await ConnectAsync()).ExpectResetAsync();

        Assert.Equal(("no_destination", 2), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Attempts));
        await Eventually.TrueAsync(() => Proxy.Cluster.Active.Current is null, "both are down");
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_ClientGoesWhileBothAreTried_LeavesNothing(EngineKind engine)
    {
        Truth.AttemptsMayBeLost = true;
        await StartAsync(engine, _setup, await TestDestination.SilentAsync("primary"), await TestDestination.SilentAsync("secondary"));
        var client = await ConnectAsync();
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 2), () => "both are being tried");

        client.Reset();

        Assert.Equal("client_aborted", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task MoveOn_PrimaryGoesDownDuringTheConnect_TheSecondaryServesAtOnce(EngineKind engine)
    {
        var setup = _setup with { HedgeAfter = TimeSpan.Zero };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));
        var calls = Enumerable.Range(0, 5).Select(_ => EchoCallAsync()).ToList();
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Count(c => c.Attempts == 1) == 5, () => "the primary is being tried");

        Proxy.Report(Primary, Vocabulary.Evidence.Failed(Vocabulary.HealthReason.TimedOut, TimeSpan.Zero));

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(Scripts.Request, answer));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(5, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=went_down"));
    }

    private Destination Primary => Proxy.Cluster.Find("primary")!;
}
