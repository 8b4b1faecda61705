using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Admission;

public sealed class Refusals : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task ClientNotAllowed_IsResetAndCounted(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup { AllowedClients = ["127.0.0.2/32", "10.0.0.0/8"] }, primary);
        using var stranger = await Proxy.ConnectAsync();
        await stranger.ExpectResetAsync();

        using var friend = await Proxy.ConnectAsync(from: IPAddress.Parse("127.0.0.2"));
        await friend.SendAsync("ping");
        await friend.ExpectAsync("ping");

        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("connections_refused_total", "reason=not_allowed"));
        Assert.Equal(1, metrics.Sum("connections_refused_total"));
        Assert.Equal(1, primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task MaxConnectionsOpen_FurtherOnesAreResetUntilOneEnds(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup { MaxConnections = 2 }, primary);
        var first = await ConnectAsync();
        var second = await ConnectAsync();
        foreach (var client in new[] { first, second })
        {
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
        }

        await (await ConnectAsync()).ExpectResetAsync();
        await (await ConnectAsync()).ExpectResetAsync();
        Assert.Equal(2, (await Proxy.ScrapeAsync()).Sum("connections_refused_total", "reason=max_connections"));

        first.FinishSending();
        await first.ExpectFinAsync();
        await Proxy.LinesAsync(1);
        var next = await ConnectAsync();
        await next.SendAsync("ping");
        await next.ExpectAsync("ping");
        await second.SendAsync("more");
        await second.ExpectAsync("more");
        Assert.Equal(2, (await Proxy.ScrapeAsync()).Sum("connections_active"));
    }
}
