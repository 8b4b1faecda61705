using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Resets, faults and time-outs, in every combination of sides.</summary>
public sealed class SuddenEnds : TlsScenario
{
    [Theory, ClassData<Combinations>]
    public async Task ClientReset_ResetsDestinationAtOnce(TlsStack engine, Wires wires)
    {
        var (client, agent) = await ExchangedAsync(engine, wires);

        client.Reset();

        await agent.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Combinations>]
    public async Task ClientResetAfterItsEnd_IsNoticed(TlsStack engine, Wires wires)
    {
        var (client, agent) = await ExchangedAsync(engine, wires);
        await client.FinishSendingAsync();
        await agent.ExpectFinAsync();

        client.Reset();

        // Nobody writes: the reset must be noticed all the same.
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Combinations>]
    public async Task DestinationReset_ResetsClientNeverReplays(TlsStack engine, Wires wires)
    {
        var secondary = TestDestination.Listening("secondary");
        var (client, agent) = await ExchangedAsync(engine, wires, secondary);

        agent.Reset();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", "primary", 1), (line.Outcome, line.ClosedBy, line.Destination, line.Attempts));
        Assert.Equal(0, secondary.Traffic.Connections);
    }

    [Theory, ClassData<Combinations>]
    public async Task IdleTimeout_ResetsBoth(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow); // certificates are valid by it
        var setup = Setup(wires).WithoutIdleProbes() with { Time = time, IdleTimeout = TimeSpan.FromMinutes(10) };
        await StartAsync(engine, setup, destination);
        var (client, agent) = await BothAsync(wires, destination);
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");

        await Eventually.TrueAsync(time, TimeSpan.FromMinutes(1), () => Proxy.Log.Lines.Count == 1, "the idle time-out ends it");

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("idle_timeout", "proxy"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Combinations>]
    public async Task AdminClose_ResetsBoth(TlsStack engine, Wires wires)
    {
        var (client, agent) = await ExchangedAsync(engine, wires);

        Assert.Single(await Proxy.ConnectionsAsync()).Abort();

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("closed_by_admin", "proxy", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Combinations>]
    public async Task DrainDeadline_ResetsBoth(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup(wires) with { ShutdownTimeout = TimeSpan.FromMilliseconds(100) }, destination);
        var (client, agent) = await BothAsync(wires, destination);

        var stopping = Proxy.StopAsync();

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        await stopping;
        Assert.Equal("drain_deadline", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A record that was changed on its way ends the connection on both sides; what it held goes nowhere.</summary>
    [Theory, ClassData<Combinations>]
    public async Task GarbageInTheMiddle_ResetsBoth(TlsStack engine, Wires wires)
    {
        var (client, agent) = await ExchangedAsync(engine, wires);
        var (from, to) = wires is Wires.PlainTls ? (agent, client) : (client, agent);

        // A record of application data (RFC 8446, 5.1) whose content nobody has encrypted.
        byte[] record = [23, 3, 3, 0, 64, .. new byte[64]];
        await from.Socket.SendAsync(record);

        await to.ExpectResetAsync();
        Assert.Equal(("tls_failed", "proxy"), (await Proxy.LineAsync()) is { } line ? (line.Outcome, line.ClosedBy) : default);
    }

    /// <summary>The end of the connection in the middle of a record.</summary>
    [Theory, ClassData<Combinations>]
    public async Task EndInTheMiddleOfARecord_ResetsBoth(TlsStack engine, Wires wires)
    {
        var (client, agent) = await ExchangedAsync(engine, wires);
        var (from, to) = wires is Wires.PlainTls ? (agent, client) : (client, agent);

        byte[] half = [23, 3, 3, 0, 64, .. new byte[20]];
        await from.Socket.SendAsync(half);
        from.FinishSending();

        await to.ExpectResetAsync();
        Assert.Equal("tls_failed", (await Proxy.LineAsync()).Outcome);
    }

    private async Task<(TestPeer Client, TestPeer Agent)> ExchangedAsync(
        TlsStack engine,
        Wires wires,
        params IEnumerable<TestDestination> others)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, [destination, .. others]);
        var (client, agent) = await BothAsync(wires, destination);
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
        return (client, agent);
    }
}
