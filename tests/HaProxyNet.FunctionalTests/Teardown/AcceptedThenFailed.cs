using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class AcceptedThenFailed : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationAcceptedThenFailed_ResetsClientNeverReplays(EngineKind engine)
    {
        var primary = TestDestination.Listening("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, primary, secondary);
        var client = await ConnectAsync();
        await client.SendAsync("change the directory");
        var agent = await primary.AcceptAsync();
        await agent.ExpectAsync("change the directory");

        agent.Reset();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", "primary", 1), (line.Outcome, line.ClosedBy, line.Destination, line.Attempts));
        Assert.Equal(0, secondary.Traffic.Connections);
    }

    /// <summary>What kill -9 leaves behind: a connection that the system accepted and the program never saw.</summary>
    [Theory, ClassData<Engines>]
    public async Task Teardown_DestinationKilledWithConnectionInBacklog_ResetsClientNeverReplays(EngineKind engine)
    {
        var primary = TestDestination.Listening("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, primary, secondary);
        var client = await ConnectAsync();
        await client.SendAsync("change the directory");
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.ConnectedAt > 0), () => "the connection is relayed");

        primary.StopListening();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("destination_reset", "destination", "primary"), (line.Outcome, line.ClosedBy, line.Destination));
        Assert.Equal(0, secondary.Traffic.Connections);
    }
}
