using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>close_notify and FIN are one and the same for the relay, in every combination of sides.</summary>
public sealed class HalfClose : TlsScenario
{
    [Theory, ClassData<Combinations>]
    public async Task ClientEnds_DeliversAllThenHalfClosesDestination(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);
        var question = new Payload(1, 3_000_001);
        var answer = new Payload(2, 2_000_003);

        var heard = agent.HashToEndAsync();
        await client.SendAsync(question);
        await client.FinishSendingAsync();
        Assert.Equal((question.Hash(), PeerEnd.Fin), await heard);

        // The other direction goes on.
        var answered = client.HashToEndAsync();
        await agent.SendAsync(answer);
        await agent.FinishSendingAsync();
        Assert.Equal((answer.Hash(), PeerEnd.Fin), await answered);

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "client"), (line.Outcome, line.ClosedBy));
        Assert.Equal((question.Length, answer.Length), (line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Combinations>]
    public async Task DestinationEnds_DeliversAllThenHalfClosesClient(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);
        var answer = new Payload(3, 2_000_003);

        var heard = client.HashToEndAsync();
        await agent.SendAsync(answer);
        await agent.FinishSendingAsync();
        Assert.Equal((answer.Hash(), PeerEnd.Fin), await heard);

        await client.SendAsync("more");
        await agent.ExpectAsync("more");
        await client.FinishSendingAsync();
        await agent.ExpectFinAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "destination", 4L, answer.Length), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Combinations>]
    public async Task BothEndAtOnce_Completed(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);

        await Task.WhenAll(client.FinishSendingAsync(), agent.FinishSendingAsync());

        await Task.WhenAll(client.ExpectFinAsync(), agent.ExpectFinAsync());
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A request, close_notify and FIN that come together, perhaps with the end of the handshake: the request is served.</summary>
    [Theory, ClassData<Combinations>]
    public async Task RequestAndEndAtOnce_IsServed(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var client = ClientAsync(wires).ContinueWith(
            async connected =>
            {
                var peer = await connected;
                await peer.SendAsync("ping");
                await peer.FinishSendingAsync();
                return peer;
            },
            TaskScheduler.Default).Unwrap();
        var agent = await AgentAsync(wires, destination);

        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());
        await agent.SendAsync("pong");
        await agent.FinishSendingAsync();

        Assert.Equal(("pong", PeerEnd.Fin), await (await client).ReadToEndAsync());
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Combinations>]
    public async Task HalfOpenForHours_GoesOn(TlsStack engine, Wires wires)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, Setup(wires).WithoutIdleProbes() with { Time = time }, destination);
        var (client, agent) = await BothAsync(wires, destination);
        await client.SendAsync("ping");
        await client.FinishSendingAsync();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        time.Advance(TimeSpan.FromHours(1));
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
        time.Advance(TimeSpan.FromHours(1));
        await agent.FinishSendingAsync();

        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A peer that ends TCP alone is one that has nothing more to say.</summary>
    [Theory, ClassData<Combinations>]
    public async Task FinWithoutCloseNotify_IsAnEnd(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);
        await client.SendAsync("ping");
        client.FinishSending();
        Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());

        await agent.SendAsync("pong");
        agent.FinishSending();

        Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A KDC behind TLS is rare, one that the proxy speaks plain to is not.</summary>
    [Theory, ClassData<Combinations>]
    public async Task PeerAnswersEndWithReset_Completed(TlsStack engine, Wires wires)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, wires, destination);
        var (client, agent) = await BothAsync(wires, destination);
        await client.SendAsync("bind");
        await agent.ExpectAsync("bind");
        await agent.SendAsync("done");
        await client.ExpectAsync("done");
        await client.FinishSendingAsync();
        await agent.ExpectFinAsync();

        agent.Reset();

        await client.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }
}
