using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>Clients that go before their connection was routed, some of them before it was accepted.</summary>
public sealed class GoneAtOnce : Scenario
{
    private const int Clients = 300;

    [Theory, ClassData<Engines>]
    public async Task ResetBeforeRoute_NothingIsLeftAndTheNextIsServed(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));

        await Parallel.ForAsync(0, Clients, async (_, _) => (await Proxy.ConnectAsync()).Reset());

        await ServedAsync();
        var lines = await Proxy.LinesAsync(Clients + 1);
        Assert.All(lines.Where(l => l.BytesIn == 0), l => Assert.True(l.Outcome is "client_aborted" or "client_reset", l.Outcome));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connect_failures_total"));
    }

    /// <summary>An orderly end without a word, and one that takes its word back.</summary>
    [Theory, ClassData<Engines>]
    public async Task ClosedBeforeRoute_NothingIsLeftAndTheNextIsServed(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));

        await Parallel.ForAsync(0, Clients, async (number, _) =>
        {
            using var client = await Proxy.ConnectAsync();
            if (number % 2 == 0)
            {
                await client.SendAsync("ping");
                client.Reset();
            }
        });

        await ServedAsync();
        await Proxy.LinesAsync(Clients + 1);
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connect_failures_total"));
    }

    private async Task ServedAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        client.FinishSending();
        await client.ExpectFinAsync();
    }
}
