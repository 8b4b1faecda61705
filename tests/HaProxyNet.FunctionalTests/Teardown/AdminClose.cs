using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class AdminClose : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_AdminClose_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        Assert.Single(await Proxy.ConnectionsAsync()).Abort();

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("closed_by_admin", "proxy", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_AdminCloseDuringConnect_ResetsClient(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, primary, secondary);
        var client = await ConnectAsync();
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 1, () => "the connection is open");

        Assert.Single(await Proxy.ConnectionsAsync()).Abort();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("closed_by_admin", "proxy", ""), (line.Outcome, line.ClosedBy, line.Destination));
        Assert.Equal(0, secondary.Traffic.Connections);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("destination_up", "destination=primary"));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_AdminCloseTwice_FirstReasonStays(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        var connection = Assert.Single(await Proxy.ConnectionsAsync());

        connection.Lane.RequestAbort(connection, Transport.Vocabulary.ConnectionOutcome.DrainDeadline);
        connection.Abort();

        await client.ExpectResetAsync();
        Assert.Equal("drain_deadline", (await Proxy.LineAsync()).Outcome);
        connection.Abort();
        Assert.Single(Proxy.Log.Lines);
        agent.Dispose();
    }
}
