using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>
/// The table of faults in docs/failover.md, row by row. The rows that need dropped packets and routes are network tests too.
/// </summary>
public sealed class FaultsOfThePrimary : Scenario
{
    /// <summary>
    /// No TCP connection can be made to the broadcast address of the loopback network: the system says at once that there is no way.
    /// </summary>
    private const string NoWay = "127.255.255.255:5050";

    private static readonly ProxySetup _noProbes = new() { DownInterval = TimeSpan.FromDays(1) };
    private readonly TestDestination _secondary = TestDestination.Echoing("secondary");

    [Theory, ClassData<Engines>]
    public async Task Fault_Refused_NextDestinationInTheSameConnectionAndDownAtOnce(EngineKind engine)
    {
        await StartAsync(engine, _noProbes, TestDestination.Refusing("primary"), _secondary);

        await ExpectServedBySecondaryAsync("fall_through", "refused");
    }

    [Theory, ClassData<Engines>]
    public async Task Fault_HostUnreachable_NextDestinationInTheSameConnectionAndDownAtOnce(EngineKind engine)
    {
        await StartAtAsync(engine, _noProbes, [("primary", NoWay), .. AddressesOf(Add(_secondary))]);

        await ExpectServedBySecondaryAsync("fall_through", "unreachable");
    }

    /// <summary>On Linux a full backlog drops SYNs: nothing tells it from a machine that has no power.</summary>
    [Theory, ClassData<Engines>]
    public async Task Fault_FullBacklog_HedgedThenDownByTimeout(EngineKind engine)
    {
        var (time, hedgeAfter, timeout) = (new FakeTimeProvider(), TimeSpan.FromMilliseconds(50), TimeSpan.FromHours(1));
        var setup = _noProbes.WithoutIdleProbes() with { Time = time, HedgeAfter = hedgeAfter, ConnectTimeout = timeout };
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), _secondary);

        var call = EchoCallAsync();
        await Eventually.TrueAsync(time, hedgeAfter, () => call.IsCompleted, "the secondary serves");
        Assert.Equal(Scripts.Request, await call);
        await Eventually.TrueAsync(time, timeout, () => Proxy.StateOf("primary") is DestinationStatus.Down, "the attempt has timed out");
        await Proxy.LinesAsync(1);
        Assert.Equal(Scripts.Request, await EchoCallAsync());

        Assert.Equal(
            [("secondary", 2, "hedge"), ("secondary", 1, "preferred_down")],
            (await Proxy.LinesAsync(2)).Select(l => (l.Destination, l.Attempts, l.Reason)));
        await ExpectOneFailoverAsync("timeout");
    }

    /// <summary>
    /// The connection was accepted, and the request may have been given away before the reset came: never to a second one.
    /// </summary>
    [Theory, ClassData<Engines>]
    public async Task Fault_ResetOnAccept_ClientIsResetNothingIsRepeatedAndItStaysUp(EngineKind engine)
    {
        await StartAsync(engine, _noProbes, ResettingEveryone(), _secondary);

        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("reset", await CallAsync());
        }

        Assert.All(
            await Proxy.LinesAsync(10),
            l => Assert.Equal(("destination_reset", "destination", "primary", 1), (l.Outcome, l.ClosedBy, l.Destination, l.Attempts)));
        await ExpectNoFailoverAsync();
    }

    /// <summary>As a server that speaks first would be waited for.</summary>
    [Theory, ClassData<Engines>]
    public async Task Fault_ResetOnAcceptBeforeTheClientSpoke_ClientIsReset(EngineKind engine)
    {
        await StartAsync(engine, _noProbes, ResettingEveryone(), _secondary);

        await (await ConnectAsync()).ExpectResetAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "primary", 0L), (line.Outcome, line.Destination, line.BytesIn));
        await ExpectNoFailoverAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Fault_ClosedOnAccept_ClientSeesTheCloseNothingIsRepeatedAndItStaysUp(EngineKind engine)
    {
        await StartAsync(engine, _noProbes, TestDestination.Serving("primary", _ => Task.CompletedTask), _secondary);
        var client = await ConnectAsync();

        await client.ExpectFinAsync();
        client.FinishSending();

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "destination", "primary", 0L), (line.Outcome, line.ClosedBy, line.Destination, line.BytesOut));
        await ExpectNoFailoverAsync();
    }

    /// <summary>
    /// SYN-ACK, then nothing: the request has been given away, so only the idle time-out, where one is set, ends the wait.
    /// </summary>
    [Theory, ClassData<Engines>]
    public async Task Fault_AcceptedThenSilent_ClientWaitsUntilTheIdleTimeoutAndItStaysUp(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        var primary = TestDestination.Listening("primary");

        // The minutes that the test lets pass at once must not end a probe that is under way.
        var setup = new ProxySetup
        {
            Time = time,
            IdleTimeout = TimeSpan.FromMinutes(10),
            ConnectTimeout = TimeSpan.FromDays(20),
        }.WithoutIdleProbes();
        await StartAsync(engine, setup, primary, _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("change the directory");
        var agent = await primary.AcceptAsync();
        await agent.ExpectAsync("change the directory");

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(Proxy.Log.Lines);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return Proxy.Log.Lines.Count == 1;
            },
            "the idle time-out ends it");

        await client.ExpectResetAsync();
        Assert.Equal(("idle_timeout", "primary"), ((await Proxy.LineAsync()).Outcome, (await Proxy.LineAsync()).Destination));
        await ExpectNoFailoverAsync();
    }

    /// <summary>Once the proxy has seen the accept: a reset before that is a connect that has failed.</summary>
    private TestDestination ResettingEveryone() => TestDestination.Serving("primary", async peer =>
    {
        await Eventually.TrueAsync(
            async () => Proxy.Log.Lines.Count == peer.Traffic.Connections - 1
                && (await Proxy.ConnectionsAsync()).Any(c => c.ConnectedAt > 0),
            () => "the proxy has seen the accept");
        peer.Reset();
    });

    /// <summary>The first call finds out, the second one knows.</summary>
    private async Task ExpectServedBySecondaryAsync(string reason, string fault)
    {
        Assert.Equal(Scripts.Request, await EchoCallAsync());
        await Proxy.LinesAsync(1);
        Assert.Equal(Scripts.Request, await EchoCallAsync());

        Assert.Equal(
            [("secondary", 2, reason), ("secondary", 1, "preferred_down")],
            (await Proxy.LinesAsync(2)).Select(l => (l.Destination, l.Attempts, l.Reason)));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("fall_throughs_total", "from=primary", "to=secondary", $"reason={fault}"));
        await ExpectOneFailoverAsync(fault);
    }

    private async Task ExpectOneFailoverAsync(string fault)
    {
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", $"reason={fault}"));
        Assert.Equal((1, 1), (metrics.Sum("failovers_total"), metrics.Sum("failover_detection_seconds_count")));
        Assert.Equal(
            (0, 1), (metrics.Sum("destination_up", "destination=primary"), metrics.Sum("active_destination", "destination=secondary")));
        Assert.Single(Proxy.Log.Events(EventIds.DestinationDown));
    }

    private async Task ExpectNoFailoverAsync()
    {
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(
            (0, 0, 0), (metrics.Sum("failovers_total"), metrics.Sum("fall_throughs_total"), metrics.Sum("connect_failures_total")));
        Assert.Equal(1, metrics.Sum("active_destination", "destination=primary"));
        Assert.Equal(0, _secondary.Traffic.Connections);
    }
}
