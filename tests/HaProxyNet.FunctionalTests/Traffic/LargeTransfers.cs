using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

public sealed class LargeTransfers : Scenario
{
    private const long Size = 64L * 1024 * 1024;

    [Theory, ClassData<Engines>]
    public async Task BothWaysAtOnce_EveryByteArrives(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");
        var up = new Payload(1, Size);
        var down = new Payload(2, Size);

        var atAgent = agent.HashToEndAsync();
        var atClient = client.HashToEndAsync();
        await Task.WhenAll(SendAllAsync(client, up), SendAllAsync(agent, down));

        Assert.Equal((up.Hash(), PeerEnd.Fin), await atAgent);
        Assert.Equal((down.Hash(), PeerEnd.Fin), await atClient);
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", Size + 4, Size), (line.Outcome, line.BytesIn, line.BytesOut));
    }

    private static async Task SendAllAsync(TestPeer peer, Payload payload)
    {
        await peer.SendAsync(payload);
        peer.FinishSending();
    }
}
