using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class IdleTimeout : Scenario
{
    private static readonly ProxySetup _setup = new() { IdleTimeout = TimeSpan.FromMilliseconds(200) };

    [Theory, ClassData<Engines>]
    public async Task Teardown_IdleTimeout_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, _setup, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        // Nobody says anything any more.
        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("idle_timeout", "proxy", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_IdleTimeoutWhileHalfClosed_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, _setup, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("idle_timeout", "proxy"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_BytesBeforeIdleTimeout_GoOn(EngineKind engine)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, new ProxySetup { Time = time, IdleTimeout = TimeSpan.FromMinutes(10) }.WithoutIdleProbes(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        // A byte every nine minutes, in either direction, keeps it.
        for (var round = 0; round < 4; round++)
        {
            time.Advance(TimeSpan.FromMinutes(9));
            var (from, to) = round % 2 == 0 ? (client, agent) : (agent, client);
            await from.SendAsync("ping");
            await to.ExpectAsync("ping");
        }

        time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(Proxy.Log.Lines);
        time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        Assert.Equal("idle_timeout", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_NoIdleTimeout_HalfOpenForHoursGoesOn(EngineKind engine)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, new ProxySetup { Time = time }.WithoutIdleProbes(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        time.Advance(TimeSpan.FromHours(1));
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
        time.Advance(TimeSpan.FromHours(1));
        agent.FinishSending();

        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }
}
