using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class DestinationReset : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationReset_DeliversWhatCameBeforeThenResetsClient(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        var answer = new string('a', 20_000);
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");

        await agent.SendAsync(answer);
        agent.Reset();

        Assert.Equal((answer, PeerEnd.Reset), await client.ReadToEndAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", 4L, 20_000L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationResetWithUnreadRequest_DeliversWhatCameBeforeThenResetsClient(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var agent = await destination.AcceptAsync();
        await client.SendAsync("ping");
        await agent.ExpectAsync("p");
        await agent.SendAsync("answer");

        // Closing with something unread makes a reset of it.
        agent.Dispose();

        Assert.Equal(("answer", PeerEnd.Reset), await client.ReadToEndAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", 4L, 6L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }
}
