using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class DrainDeadline : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_DrainDeadline_ResetsBoth(EngineKind engine)
    {
        var destination = TestDestination.Listening("primary");
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.FromMilliseconds(100) }, destination);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        var agent = await destination.AcceptAsync();
        await agent.ExpectAsync("ping");

        await Proxy.StopAsync();

        await Task.WhenAll(client.ExpectResetAsync(), agent.ExpectResetAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("drain_deadline", "proxy", 4L, 0L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
    }

    [Theory, ClassData<Engines>]
    public async Task Teardown_DrainDeadlineDuringConnect_ResetsClient(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.Zero, ConnectTimeout = TimeSpan.FromMinutes(1) }, primary);
        var client = await ConnectAsync();
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 1, () => "the connection is open");

        await Proxy.StopAsync();

        await client.ExpectResetAsync();
        var line = await Proxy.LineAsync();
        Assert.Equal(("drain_deadline", "proxy", ""), (line.Outcome, line.ClosedBy, line.Destination));
    }
}
