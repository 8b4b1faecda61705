using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Controlling;

/// <summary><c>drain</c>, <c>disable</c>, <c>enable</c>.</summary>
public sealed class TakingOut : ControlScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Drain_OneIsOpen_GoesOnAndWaitEndsWithIt(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        var client = await OpenOneAsync();

        var draining = RunAsync("drain", "agents/primary", "--wait", "10m");
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ControlChange).Count == 1, "it drains");
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        await client.SendAsync("still here");
        await client.ExpectAsync("still here");
        await Proxy.LinesAsync(1);
        Assert.False(draining.IsCompleted);
        client.FinishSending();

        (await draining).Expect("agents/primary has no connection any more");
        Assert.Equal(
            [("secondary", "preferred_drained"), ("primary", "preferred")],
            (await Proxy.LinesAsync(2)).Select(l => (l.Destination, l.Reason)));
        (await RunAsync("enable", "agents/primary")).Expect("agents/primary is enabled and up; new connections go to primary");
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_TimeIsOver_SaysWhatIsOpen(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);
        await OpenOneAsync();

        var run = await RunAsync("drain", "agents/primary", "--wait", "0s");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the time is over", run.Error, StringComparison.Ordinal);
        Assert.Contains("1 connection open", run.Error, StringComparison.Ordinal);
        await RunAsync("enable", "agents/primary");
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_WaitIsInterrupted_TheDrainStays(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Setup, _primary, _secondary);
        await OpenOneAsync();
        using var stop = new CancellationTokenSource();

        var draining = RunAsync(stop.Token, "drain", "agents/primary", "--wait");
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ControlChange).Count == 1, "it drains");
        await stop.CancelAsync();

        Assert.Equal(1, (await draining).ExitCode);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("destination_state", "destination=primary", "state=draining"));
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_ConnectsAreUnderWay_TheyMoveOn(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var setup = Setup with { HedgeAfter = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromMinutes(1) };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 1), () => "it is being connected");

        (await RunAsync("drain", "agents/primary", "--wait", "1m")).Expect("has no connection any more");

        await client.ExpectAsync("hello");
        client.FinishSending();
        var line = await Proxy.LineAsync();
        Assert.Equal(("secondary", 2), (line.Destination, line.Attempts));
        Assert.Equal("up", Proxy.Cluster.Find("primary")!.Condition.State.ToString(), ignoreCase: true);
    }

    /// <summary>The order of its candidates is older than the drain.</summary>
    [Theory, ClassData<Engines>]
    public async Task Drain_TheNextOneOfAConnectUnderWay_IsPassedOver(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var setup =
            Setup with { HedgeAfter = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromMinutes(1), DownInterval = TimeSpan.FromHours(1) };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 1), () => "it is being connected");

        await RunAsync("drain", "agents/secondary");
        await RunAsync("drain", "agents/primary", "--force");

        await client.ExpectResetAsync();
        Assert.Equal(("no_destination", 1), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Attempts));
        Assert.Equal(0, _secondary.Traffic.Connections);
    }

    /// <summary>A slow attempt that is accepted after the drain must not carry the connection.</summary>
    [Theory, ClassData<Engines>]
    public async Task Drain_ASlowConnectIsUnderWay_IsGivenUp(EngineKind engine)
    {
        Truth.DestinationsMayChange = Truth.DestinationsHaveOtherClients = Truth.AttemptsMayBeLost = true;
        var time = new FakeTimeProvider();
        var hedgeAfter = TimeSpan.FromMilliseconds(50);
        var setup = Setup.WithoutIdleProbes() with { Time = time, HedgeAfter = hedgeAfter, ConnectTimeout = TimeSpan.FromDays(1) };
        var primary = await TestDestination.SilentAsync("primary");
        var secondary = await TestDestination.SilentAsync("secondary");
        await StartAsync(engine, setup, primary, secondary);
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await Eventually.TrueAsync(
            time, hedgeAfter, async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 2), "both are being tried");

        await RunAsync("drain", "agents/primary");
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("connect_failures_total", "destination=primary", "reason=went_down") == 1,
            () => "its attempt has ended");
        primary.MakeRoom();
        primary.Serve(Scripts.EchoAsync);
        secondary.MakeRoom();
        secondary.Serve(Scripts.EchoAsync);

        await client.ExpectAsync("hello");
        client.FinishSending();
        Assert.Equal("secondary", (await Proxy.LineAsync()).Destination);
    }

    [Theory, ClassData<Engines>]
    public async Task Drain_TheLastOne_SaysSoAndRefuses(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary);

        var run = await RunAsync("drain", "agents/primary");

        run.Expect("agents/primary is draining; new connections go to nobody");
        Assert.Contains("no destination of agents can be used", run.Error, StringComparison.Ordinal);
        Assert.Equal("reset", await CallAsync());
        Assert.Equal(0, _primary.Traffic.Connections);
        (await RunAsync("enable", "agents/primary")).Expect("enabled");
        Assert.Equal(Scripts.Request, await EchoCallAsync());
    }

    /// <summary>Even as a last resort it is not asked.</summary>
    [Theory, ClassData<Engines>]
    public async Task Disable_TheOtherOneRefuses_IsNotUsed(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        await StartAsync(engine, Setup, _primary, TestDestination.Refusing("secondary"));
        (await RunAsync("disable", "agents/primary")).Expect("agents/primary is disabled");

        Assert.Equal("reset", await CallAsync());
        Assert.Equal("reset", await CallAsync());

        Assert.Equal(0, _primary.Traffic.Connections);
        (await RunAsync("status")).Expect("disabled");
    }

    [Theory, ClassData<Engines>]
    public async Task Enable_OneThatWasDownWhenItWasDisabled_IsProbedAgainAndUsed(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        await StartAsync(engine, Setup with { DownInterval = TimeSpan.FromMilliseconds(50) }, primary, _secondary);
        await EchoCallAsync();
        await RunAsync("disable", "agents/primary");

        primary.Revive(Scripts.EchoAsync);
        (await RunAsync("enable", "agents/primary")).Expect("agents/primary is enabled");

        await Eventually.TrueAsync(() => Proxy.Active == "primary", "it is up and active again");
        await EchoCallAsync();
        Assert.Equal("primary", (await Proxy.LinesAsync(2))[1].Destination);
    }

    [Theory, ClassData<Engines>]
    public async Task Change_IsOneEventWithWhoAndWhat(EngineKind engine)
    {
        await StartAsync(engine, Setup, _primary, _secondary);

        await RunAsync("drain", "agents/primary");
        await RunAsync("drain", "agents/primary");
        await RunAsync("enable", "agents/primary");

        var events = Proxy.Log.Events(EventIds.ControlChange);
        Assert.Equal(
            [(LogLevel.Warning, "draining"), (LogLevel.Information, "enabled")], events.Select(e => (e.Level, e.Field("Change"))));
        Assert.All(events, e =>
            Assert.Contains(OperatingSystem.IsLinux() ? $"pid {Environment.ProcessId}" : "user", e.Field("By"), StringComparison.Ordinal));
    }
}
