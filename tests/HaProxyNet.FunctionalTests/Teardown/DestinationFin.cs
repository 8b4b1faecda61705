using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class DestinationFin : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationFin_DeliversAllThenHalfClosesClient(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        var banner = new Payload(1, 2_000_001);
        var reply = new Payload(2, 3_000_003);

        var sending = agent.SendAsync(banner);
        var heard = client.HashToEndAsync();
        await sending;
        agent.FinishSending();
        Assert.Equal((banner.Hash(), PeerEnd.Fin), await heard);

        var replying = client.SendAsync(reply);
        var replied = agent.HashToEndAsync();
        await replying;
        client.FinishSending();
        Assert.Equal((reply.Hash(), PeerEnd.Fin), await replied);

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "destination"), (line.Outcome, line.ClosedBy));
        Assert.Equal((reply.Length, banner.Length), (line.BytesIn, line.BytesOut));
    }
}
