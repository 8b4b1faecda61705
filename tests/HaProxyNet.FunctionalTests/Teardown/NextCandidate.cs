using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class NextCandidate : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_Refused_NextCandidate(EngineKind engine)
    {
        var secondary = TestDestination.Listening("secondary");
        await StartAsync(engine, TestDestination.Refusing("primary"), secondary);
        var client = await ConnectAsync();

        // The client has not said a word.
        var agent = await secondary.AcceptAsync();
        await agent.SendAsync("hello");
        await client.ExpectAsync("hello");
        client.FinishSending();
        agent.FinishSending();

        await ExpectServedBySecondaryAsync("refused");
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_RefusedAfterClientSentBytes_NextCandidateGetsThemAll(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, new ProxySetup
        {
            ConnectTimeout = TimeSpan.FromMinutes(1),
            HedgeAfter = TimeSpan.Zero,
        }, primary, secondary);
        var client = await ConnectAsync();
        var request = new string('r', 50_000);
        await client.SendAsync(request);
        client.FinishSending();
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 1), () => "the primary is being tried");

        // The SYN that the proxy's system sends again, a second after the first, is refused.
        primary.StopListening();

        Assert.Equal((request, PeerEnd.Fin), await client.ReadToEndAsync());
        await ExpectServedBySecondaryAsync("refused");
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_Timeout_NextCandidate(EngineKind engine)
    {
        var secondary = TestDestination.Listening("secondary");
        var (time, timeout) = (new FakeTimeProvider(), TimeSpan.FromHours(1));
        var setup = new ProxySetup { Time = time, ConnectTimeout = timeout }.WithoutIdleProbes();
        await StartAsync(engine, setup, await TestDestination.SilentAsync("primary"), secondary);
        var client = await ConnectAsync();
        await Eventually.TrueAsync(
            time, timeout / 10, async () => (await Proxy.ConnectionsAsync()).Any(c => c.Attempts == 2), "the secondary is tried");

        var agent = await secondary.AcceptAsync();
        await agent.SendAsync("hello");
        await client.ExpectAsync("hello");
        client.FinishSending();
        agent.FinishSending();

        await ExpectServedBySecondaryAsync("timeout");
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_TimeoutAfterClientSentBytes_NextCandidateGetsThemAll(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, new ProxySetup
        {
            Time = time,
            HedgeAfter = TimeSpan.Zero,
        }, await TestDestination.SilentAsync("primary"), secondary);
        var client = await ConnectAsync();
        var request = new string('r', 50_000);
        await client.SendAsync(request);
        client.FinishSending();
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Activity is not null), () => "the primary is being tried");

        time.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, secondary.Traffic.Connections);
        time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.Equal((request, PeerEnd.Fin), await client.ReadToEndAsync());
        await ExpectServedBySecondaryAsync("timeout");
    }

    private async Task ExpectServedBySecondaryAsync(string reason)
    {
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "secondary", 2), (line.Outcome, line.Destination, line.Attempts));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("connect_failures_total", "destination=primary", $"reason={reason}"));
        Assert.Equal(1, metrics.Sum("connect_failures_total"));
        Assert.Equal(1, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", $"reason={reason}"));
        Assert.Equal(1, metrics.Sum("failovers_total", "from=primary", "to=secondary", $"reason={reason}"));
        Assert.Equal(1, metrics.Sum("failovers_total"));
        Assert.Equal(1, metrics.Sum("failover_detection_seconds_count"));
    }
}
