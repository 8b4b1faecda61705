using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class ClientFin : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientFin_DeliversAllThenHalfClosesDestination(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        var question = new Payload(1, 3_000_001);
        var answer = new Payload(2, 2_000_003);

        var sending = client.SendAsync(question);
        var heard = agent.HashToEndAsync();
        await sending;
        client.FinishSending();
        Assert.Equal((question.Hash(), PeerEnd.Fin), await heard);

        // The other direction goes on.
        var answering = agent.SendAsync(answer);
        var answered = client.HashToEndAsync();
        await answering;
        agent.FinishSending();
        Assert.Equal((answer.Hash(), PeerEnd.Fin), await answered);

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "client"), (line.Outcome, line.ClosedBy));
        Assert.Equal((question.Length, answer.Length), (line.BytesIn, line.BytesOut));
    }
}
