using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>More handshakes than may be worked on at once.</summary>
public sealed class HandshakeFlood : TlsScenario
{
    private const int Most = 4;
    private const int Flood = 60;
    private const int Honest = 8;

    public HandshakeFlood() => Truth.PeersCountTls = true;

    /// <summary>What strangers send and then nothing: each costs honest clients nothing, though there are many more than turns.</summary>
    [Theory, ClassData<StandingFloods>]
    public async Task Standing_HonestClientsAreServedMeanwhile(TlsStack engine, int bytes)
    {
        await StartAsync(engine, Setup(), TestDestination.Echoing("primary"));
        var flood = await StandAsync(Flood, bytes);

        for (var i = 0; i < Honest; i++)
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync());
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
            await client.FinishSendingAsync();
            await client.ExpectFinAsync();
        }

        await Eventually.TrueAsync(() => Running == 0, "a turn is for work, not for waiting");
        flood.ForEach(f => f.Reset());
        Assert.Equal(
            Honest, (await Proxy.LinesAsync(Flood + Honest)).Count(line => line.Outcome.Equals("completed", StringComparison.Ordinal)));
    }

    /// <summary>A hello that comes in pieces, with honest clients between them.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Trickling_HonestClientsAreServedMeanwhile(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Echoing("primary"));
        var hello = await ClientHelloBytes.TakeAsync();
        var flood = await StandAsync(Flood, bytes: 1);

        for (var i = 1; i <= 5; i++)
        {
            foreach (var client in flood)
            {
                await client.SendAsync(hello.AsMemory(i, 1));
            }

            using var honest = await TlsPeer.ClientAsync(await ConnectAsync());
            await honest.SendAsync("ping");
            await honest.ExpectAsync("ping");
            await honest.FinishSendingAsync();
        }

        await Eventually.TrueAsync(() => Running == 0, "every turn was given back");
        flood.ForEach(f => f.Reset());
    }

    /// <summary>Those that never finish are reset in time.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Standing_AreResetInTime(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Tls:HandshakeTimeout", "00:00:00.500")), TestDestination.Echoing("primary"));

        var flood = await StandAsync(Flood, bytes: 20);

        foreach (var client in flood)
        {
            Assert.Equal(PeerEnd.Reset, (await client.ReadToEndAsync()).End);
        }

        Assert.All(await Proxy.LinesAsync(Flood), line => Assert.Equal("tls_failed", line.Outcome));
        Assert.Equal(Flood, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "result=timeout"));
        Assert.Equal(0, Running);
    }

    /// <summary>Many real handshakes at once: all end well, and an open connection gets its exchanges done meanwhile.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Real_AllAreServed(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Echoing("primary"));
        using var open = await TlsPeer.ClientAsync(await ConnectAsync());

        var all = Task.WhenAll(Enumerable.Range(0, Flood).Select(async _ =>
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync());
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
            await client.FinishSendingAsync();
            await client.ExpectFinAsync();
        }));
        var exchanged = 0;
        do
        {
            await open.SendAsync("ping");
            await open.ExpectAsync("ping");
            exchanged++;
        }
        while (!all.IsCompleted);

        await all;
        Assert.True(exchanged > 1);
        await open.FinishSendingAsync();
        Assert.All(await Proxy.LinesAsync(Flood + 1), line => Assert.Equal("completed", line.Outcome));
    }

    private static ProxySetup Setup(params IEnumerable<(string Key, string Value)> more) => new()
    {
        Listener = Terminating([("Tls:MaxHandshakes", $"{Most}"), ("Tls:HandshakeTimeout", "01:00:00"), .. more]),
    };

    private int Running => Proxy.Listener.Plan.Tls!.Turns.Running;

    /// <summary>Clients that send so much of a hello and then nothing.</summary>
    private async Task<List<TestPeer>> StandAsync(int count, int bytes)
    {
        var hello = await ClientHelloBytes.TakeAsync();
        var flood = new List<TestPeer>();
        for (var i = 0; i < count; i++)
        {
            var client = await ConnectAsync();
            await client.SendAsync(hello.AsMemory(0, Math.Min(bytes, hello.Length)));
            flood.Add(client);
        }

        return flood;
    }
}
