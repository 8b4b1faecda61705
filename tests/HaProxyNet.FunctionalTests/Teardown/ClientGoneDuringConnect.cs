using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Teardown;

public sealed class ClientGoneDuringConnect : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientGoneDuringConnect_ClientAbortedNotADestinationFailure(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        var secondary = TestDestination.Echoing("secondary");
        await StartAsync(engine, new ProxySetup
        {
            ConnectTimeout = TimeSpan.FromMinutes(1),
            HedgeAfter = TimeSpan.Zero,
        }, primary, secondary);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 1, () => "the connection is open");

        client.Reset();

        var line = await Proxy.LineAsync();
        Assert.Equal(("client_aborted", "client", ""), (line.Outcome, line.ClosedBy, line.Destination));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("destination_up", "destination=primary"));
        Assert.Equal(0, metrics.Sum("connect_failures_total"));
        Assert.Equal(0, metrics.Sum("failovers_total"));
        Assert.Equal(0, secondary.Traffic.Connections);
    }

    /// <summary>A client that has sent all that it wanted to say is still there: its answer is awaited.</summary>
    [Theory, ClassData<Engines>]
    public async Task Teardown_ClientFinBehindBytesDuringConnect_IsServedByTheNext(EngineKind engine)
    {
        var primary = await TestDestination.SilentAsync("primary");
        var secondary = TestDestination.Echoing("secondary");
        var (time, timeout) = (new FakeTimeProvider(), TimeSpan.FromHours(1));
        await StartAsync(engine, new ProxySetup { Time = time, ConnectTimeout = timeout }.WithoutIdleProbes(), primary, secondary);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        await Eventually.TrueAsync(
            time, timeout / 10, () => Task.FromResult(secondary.Traffic.Connections == 1), "the secondary is tried");

        Assert.Equal(("ping", PeerEnd.Fin), await client.ReadToEndAsync());
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "secondary", 2), (line.Outcome, line.Destination, line.Attempts));
    }
}
