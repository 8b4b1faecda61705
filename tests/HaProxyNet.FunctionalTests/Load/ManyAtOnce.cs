using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Load;

public sealed class ManyAtOnce : Scenario
{
    private const int Count = 1_000;

    [Theory, ClassData<Engines>]
    public async Task ManyConnectionsAtOnce_EachIsServed(EngineKind engine)
    {
        var destination = TestDestination.Echoing("primary");
        await StartAsync(engine, destination);
        var clients = new List<TestPeer>();
        for (var i = 0; i < Count; i++)
        {
            clients.Add(await ConnectAsync());
            await clients[i].SendAsync($"{i:0000}");
        }

        await Task.WhenAll(clients.Select((client, i) => client.ExpectAsync($"{i:0000}")));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(Count, metrics.Sum("connections_active"));
        Assert.Equal(Count, (await Proxy.ConnectionsAsync()).Count);

        foreach (var client in clients)
        {
            client.FinishSending();
        }

        await Task.WhenAll(clients.Select(client => client.ExpectFinAsync()));
        Assert.All(await Proxy.LinesAsync(Count), l => Assert.Equal(("completed", 4L, 4L), (l.Outcome, l.BytesIn, l.BytesOut)));
    }

    [Theory, ClassData<Engines>]
    public async Task ConnectAndCloseStorm_LeavesNothing(EngineKind engine)
    {
        var destination = TestDestination.Echoing("primary");
        await StartAsync(engine, destination);

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (i, _) =>
        {
            using var client = await Proxy.ConnectAsync();
            if (i % 2 == 0)
            {
                client.Reset();
            }
        });

        // The rest is what every scenario checks: each connection is counted, nothing is open, no fault is in the log.
        await Proxy.LinesAsync(Count);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("destination_up"));
    }

    /// <summary>A port scan against a proxy whose destinations are all down.</summary>
    [Theory, ClassData<Engines>]
    public async Task ConnectAndCloseStormWhileAllAreDown_LeavesNothing(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Refusing("primary"), TestDestination.Refusing("secondary"));

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (i, _) =>
        {
            using var client = await Proxy.ConnectAsync();
            if (i % 2 == 0)
            {
                client.Reset();
            }
        });

        var lines = await Proxy.LinesAsync(Count);
        Assert.All(lines, l => Assert.Contains(l.Outcome, new[] { "no_destination", "client_aborted" }));
    }
}
