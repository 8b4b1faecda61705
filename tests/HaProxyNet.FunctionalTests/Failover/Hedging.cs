using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>A destination that does not answer soon is not waited for. The test's clock says when.</summary>
public sealed class Hedging : Scenario
{
    private static readonly TimeSpan _hedgeAfter = TimeSpan.FromMilliseconds(50);
    private readonly FakeTimeProvider _time = new();

    [Theory, ClassData<Engines>]
    public async Task Hedge_PrimaryDoesNotAnswer_SecondaryServesAndTheNextOneStartsThere(EngineKind engine)
    {
        await StartAsync(engine, Setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));

        Assert.Equal(Scripts.Request, await HedgedCallAsync());
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

        // What filled its backlog is served as well.
        Truth.DestinationsHaveOtherClients = true;
        var primary = await TestDestination.SilentAsync("primary");
        await StartAsync(engine, Setup, primary, await TestDestination.SilentAsync("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        // The SYN that is sent again after a second finds somebody.
        primary.MakeRoom();
        primary.Serve(Scripts.EchoAsync);

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
        await StartAsync(engine, Setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));

        Assert.Equal(Scripts.Request, await HedgedCallAsync());
        await Eventually.TrueAsync(
            _time, Setup.ConnectTimeout!.Value, () => Proxy.StateOf("primary") is DestinationStatus.Down, "the slow attempt has timed out");

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", "reason=timeout"));
        Assert.Equal(1, metrics.Sum("connect_failures_total", "reason=hedge"));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_TheSlowAttemptIsAccepted_UpAgainAndThePrimaryNeverSawIt(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        await StartAsync(engine, Setup, primary, TestDestination.Echoing("secondary"));
        Assert.Equal(Scripts.Request, await HedgedCallAsync());
        Assert.Equal(DestinationStatus.Suspect, Primary.Status);

        primary.MakeRoom();

        await Eventually.TrueAsync(() => Primary.Status is DestinationStatus.Up, "the slow attempt was accepted");
        Assert.Empty(primary.TakeStrangers());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_AllAreSlowAndFail_ResetsTheClient(EngineKind engine)
    {
        await StartAsync(engine, Setup, await TestDestination.SilentAsync("primary"), await TestDestination.SilentAsync("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        await Eventually.TrueAsync(_time, Setup.ConnectTimeout!.Value, () => Proxy.Active is null, "both are down");

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("no_destination", 2), (line.Outcome, line.Attempts));
    }

    [Theory, ClassData<Engines>]
    public async Task Hedge_ClientGoesWhileBothAreTried_LeavesNothing(EngineKind engine)
    {
        Truth.AttemptsMayBeLost = true;
        await StartAsync(engine, Setup, await TestDestination.SilentAsync("primary"), await TestDestination.SilentAsync("secondary"));
        var client = await ConnectAsync();
        await BothAreTriedAsync();

        client.Reset();

        // The Managed engine looks after its clients by the clock.
        await Eventually.TrueAsync(_time, _hedgeAfter, () => Proxy.Log.Lines.Count == 1, "the connection has ended");
        Assert.Equal("client_aborted", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task MoveOn_PrimaryGoesDownDuringTheConnect_TheSecondaryServesAtOnce(EngineKind engine)
    {
        var setup = Setup with { HedgeAfter = TimeSpan.Zero };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), TestDestination.Echoing("secondary"));
        var calls = Enumerable.Range(0, 5).Select(_ => EchoCallAsync()).ToList();
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Count(c => c.Attempts == 1) == 5, () => "the primary is being tried");

        Proxy.Report(Primary, Vocabulary.Evidence.Failed(Vocabulary.HealthReason.TimedOut, TimeSpan.Zero));

        Assert.All(await Task.WhenAll(calls), answer => Assert.Equal(Scripts.Request, answer));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(5, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=went_down"));
    }

    /// <summary>However often the clock is turned until a hedge is seen to have begun, no attempt times out.</summary>
    private ProxySetup Setup => new ProxySetup
    {
        Time = _time,
        HedgeAfter = _hedgeAfter,
        ConnectTimeout = TimeSpan.FromDays(1),
        DownInterval = TimeSpan.FromDays(10),
    }.WithoutIdleProbes();

    private Destination Primary => Proxy.Cluster.Find("primary")!;

    private Task BothAreTriedAsync() => Eventually.TrueAsync(
        _time, _hedgeAfter, async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 2), "both are being tried");

    /// <summary>A call whose first destination is too slow.</summary>
    private async Task<string> HedgedCallAsync()
    {
        var call = EchoCallAsync();
        await Eventually.TrueAsync(_time, _hedgeAfter, () => call.IsCompleted, "the other destination serves");
        return await call;
    }
}
