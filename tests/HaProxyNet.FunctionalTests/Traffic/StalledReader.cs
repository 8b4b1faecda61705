using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

public sealed class StalledReader : Scenario
{
    /// <summary>What was taken from a client before it reset still belongs to the destination, which then learns of the reset.</summary>
    [Theory, ClassData<Engines>]
    public async Task ClientResetsWhileDestinationDoesNotRead_DestinationGetsABeginningAndTheReset(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        var payload = new Payload(9, 64L * 1024 * 1024);
        var writing = Task.Run(() => client.SendAsync(payload));
        await Eventually.TrueAsync(() => client.Sent > 1_000_000, "the destination is flooded");

        client.Reset();
        await Assert.ThrowsAnyAsync<Exception>(() => writing);

        await agent.ExpectAsync("ping");
        Assert.Equal(PeerEnd.Reset, (await agent.HashToEndAsync()).End);
        var line = await Proxy.LineAsync();
        Assert.Equal(("client_reset", "client"), (line.Outcome, line.ClosedBy));
    }

    [Theory, ClassData<Engines>]
    public async Task DestinationResetsWhileItDoesNotRead_ClientIsReset(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");
        await agent.SendAsync("half");
        await client.ExpectAsync("half");
        var writing = Task.Run(() => client.SendAsync(new Payload(9, 64L * 1024 * 1024)));
        await Eventually.TrueAsync(() => client.Sent > 1_000_000, "the destination is flooded");

        agent.Reset();

        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(() => writing);
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", 4L), (line.Outcome, line.ClosedBy, line.BytesOut));
    }

    /// <summary>The FIN stands behind bytes that the reader has not taken yet; it must not overtake them.</summary>
    [Theory, ClassData<Engines>]
    public async Task FinBehindUnreadBytes_ArrivesAfterThem(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var payload = new Payload(11, 24L * 1024 * 1024);
        var writing = Task.Run(async () =>
        {
            await client.SendAsync(payload);
            client.FinishSending();
        });
        var agent = await destination.AcceptAsync();
        await Eventually.TrueAsync(() => client.Sent > 1_000_000, "the destination is flooded");
        await agent.SendAsync("half");
        agent.FinishSending();
        Assert.Equal(("half", PeerEnd.Fin), await client.ReadToEndAsync());

        Assert.Equal((payload.Hash(), PeerEnd.Fin), await agent.HashToEndAsync());
        await writing;
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }
}
