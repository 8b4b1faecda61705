using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

public sealed class SmallPieces : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task OneByteAtATime_EveryByteArrives(EngineKind engine)
    {
        var destination = TestDestination.Echoing("primary");
        await StartAsync(engine, destination);
        var client = await ConnectAsync();
        var bytes = new Payload(3, 3_000).ToArray();

        var echoed = client.HashToEndAsync();
        foreach (var at in Enumerable.Range(0, bytes.Length))
        {
            await client.SendAsync(bytes.AsMemory(at, 1));
        }

        client.FinishSending();

        Assert.Equal((new Payload(3, 3_000).Hash(), PeerEnd.Fin), await echoed);
        Assert.Equal(("completed", 3_000L, 3_000L), await OutcomeAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task ManyRoundTrips_EachIsAnswered(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        for (var i = 0; i < 1_000; i++)
        {
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
        }

        client.FinishSending();
        await client.ExpectFinAsync();
        Assert.Equal(("completed", 4_000L, 4_000L), await OutcomeAsync());
    }

    [Theory, ClassData<Engines>]
    public async Task Garbage_IsRelayedAsItIs(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));
        for (var seed = 0; seed < 20; seed++)
        {
            var client = await ConnectAsync();
            var garbage = new byte[seed * 997];
            new Random(seed).NextBytes(garbage);
            await client.SendAsync(garbage);
            client.FinishSending();
            var (data, end) = await client.ReadToEndAsync();
            Assert.Equal(PeerEnd.Fin, end);
            Assert.Equal(garbage, data.Select(c => (byte)c));
        }
    }

    /// <summary>A destination that greets first, and a client that only listens.</summary>
    [Theory, ClassData<Engines>]
    public async Task DestinationWritesFirst_ClientGetsItWithoutHavingSaidAnything(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Serving("primary", peer => peer.SendAsync("220 welcome")));
        var client = await ConnectAsync();

        Assert.Equal(("220 welcome", PeerEnd.Fin), await client.ReadToEndAsync());
        client.FinishSending();
        Assert.Equal(("completed", 0L, 11L), await OutcomeAsync());
    }

    private async Task<(string Outcome, long In, long Out)> OutcomeAsync()
    {
        var line = await Proxy.LineAsync();
        return (line.Outcome, line.BytesIn, line.BytesOut);
    }
}
