using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class IdleTimeout : Scenario
{
    private readonly FakeTimeProvider _time = new();

    [Theory, ClassData<Engines>]
    public async Task Teardown_IdleTimeout_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        await TurnUntilTheEndAsync();

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("idle_timeout", "proxy", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_IdleTimeoutWhileHalfClosed_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        await TurnUntilTheEndAsync();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("idle_timeout", "proxy"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_BytesBeforeIdleTimeout_GoOn(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        // A byte every nine minutes, in either direction, keeps it.
        for (var round = 0; round < 4; round++)
        {
            _time.Advance(TimeSpan.FromMinutes(9));
            var (from, to) = round % 2 == 0 ? (client, agent) : (agent, client);
            await from.SendAsync("ping");
            await to.ExpectAsync("ping");
        }

        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Empty(Proxy.Log.Lines);
        _time.Advance(TimeSpan.FromMinutes(2));
        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        Assert.Equal("idle_timeout", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_NoIdleTimeout_HalfOpenForHoursGoesOn(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup() with { IdleTimeout = null }, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        var agent = await destination.AcceptAsync();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        _time.Advance(TimeSpan.FromHours(1));
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
        _time.Advance(TimeSpan.FromHours(1));
        agent.FinishSending();

        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>Where clients keep silent sessions, the limit needs no restart, which would cut all of them.</summary>
    [Theory, ClassData<Engines>]
    public async Task Reload_IdleTimeoutComes_OpenConnectionsHaveIt(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var destination = TestDestination.Echoing("primary");
        (string, string)[] destinations = [("primary", destination.Address.ToString())];
        await StartAsync(engine, Setup() with { IdleTimeout = null }, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        Proxy.Reload(destinations, setup => setup with { IdleTimeout = TimeSpan.FromMinutes(10) });
        await TurnUntilTheEndAsync();

        await client.ExpectResetAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_IdleTimeoutGoes_OpenConnectionsStay(EngineKind engine)
    {
        Truth.DestinationsMayChange = true;
        var destination = TestDestination.Echoing("primary");
        (string, string)[] destinations = [("primary", destination.Address.ToString())];
        await StartAsync(engine, Setup(), destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        Proxy.Reload(destinations, setup => setup with { IdleTimeout = null });
        _time.Advance(TimeSpan.FromHours(1));

        await client.SendAsync("more");
        await client.ExpectAsync("more");
    }

    private ProxySetup Setup() => new ProxySetup { Time = _time, IdleTimeout = TimeSpan.FromMinutes(10) }.WithoutIdleProbes();

    /// <summary>Nobody says anything any more.</summary>
    private Task TurnUntilTheEndAsync()
        => Eventually.TrueAsync(_time, TimeSpan.FromMinutes(1), () => Proxy.Log.Lines.Count == 1, "the idle time-out ends it");
}
