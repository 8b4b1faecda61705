using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class BothFin : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_BothFin_Completed(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");

        client.FinishSending();
        await agent.ExpectFinAsync();
        agent.FinishSending();
        await client.ExpectFinAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "client", 4L, 4L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_BothFinAtOnce_Completed(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        for (var round = 1; round <= 50; round++)
        {
            var client = await ConnectAsync();
            await client.SendAsync("ping");
            var agent = await destination.AcceptAsync();
            await agent.SendAsync("pong");
            using var start = new Barrier(2);
            await Task.WhenAll(Task.Run(() => Finish(client, start)), Task.Run(() => Finish(agent, start)));
            Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());
            Assert.Equal(("ping", PeerEnd.Fin), await agent.ReadToEndAsync());
            Assert.All(await Proxy.LinesAsync(round), l => Assert.Equal("completed", l.Outcome));
        }
    }

    private static void Finish(TestPeer peer, Barrier start)
    {
        start.SignalAndWait();
        peer.FinishSending();
    }
}
