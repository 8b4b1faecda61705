using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Tls.Terminating;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>More handshakes than may be under way at once.</summary>
public sealed class HandshakeFlood : TlsScenario
{
    private const int Most = 4;
    private const int Flood = 60;
    private const int Exchanges = 200;

    public HandshakeFlood() => Truth.PeersCountTls = true;

    /// <summary>Clients that never finish hold every turn: what is open goes on, and who came behind them is served when they have gone.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Standing_RelaysGoOnAndNextIsServedInTheEnd(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Echoing("primary"));
        using var open = await TlsPeer.ClientAsync(await ConnectAsync());
        var flood = await StandAsync(Flood);
        var late = TlsPeer.ClientAsync(await ConnectAsync());

        for (var i = 0; i < Exchanges; i++)
        {
            await open.SendAsync("ping");
            await open.ExpectAsync("ping");
        }

        Assert.Equal(Most, Running);
        Assert.False(late.IsCompleted);
        flood.ForEach(f => f.Reset());
        using var served = await late;
        await served.SendAsync("ping");
        await served.ExpectAsync("ping");
        await Eventually.TrueAsync(() => Running == 0, "every turn was given back");
        await open.FinishSendingAsync();
        await served.FinishSendingAsync();
    }

    /// <summary>Those who wait for their turn are reset in time, too.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Standing_WaitersAreResetInTime(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Tls:HandshakeTimeout", "00:00:00.500")), TestDestination.Echoing("primary"));

        var flood = await StandAsync(Flood, wait: false);

        foreach (var client in flood)
        {
            Assert.Equal(PeerEnd.Reset, (await client.ReadToEndAsync()).End);
        }

        Assert.All(await Proxy.LinesAsync(Flood), line => Assert.Equal("tls_failed", line.Outcome));
        Assert.Equal(Flood, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "result=timeout"));
        Assert.Equal(0, Running);
    }

    /// <summary>Who leaves while it waits is not kept until its turn.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Standing_WaitersThatLeave_AreLetGo(TlsStack engine)
    {
        await StartAsync(engine, Setup(), TestDestination.Echoing("primary"));
        var holders = await StandAsync(Most);
        var waiters = await StandAsync(Flood - Most);

        waiters.ForEach(w => w.Reset());

        Assert.All(await Proxy.LinesAsync(Flood - Most), line => Assert.Equal("client_aborted", line.Outcome));
        Assert.Equal(Most, Running);
        holders.ForEach(h => h.Reset());
    }

    /// <summary>Many real handshakes at once: all end well, and an open connection gets its exchanges done beside them.</summary>
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

    /// <summary>Clients that send a whole hello and then nothing.</summary>
    private async Task<List<TestPeer>> StandAsync(int count, bool wait = true)
    {
        var hello = await ClientHelloBytes.TakeAsync();
        var flood = new List<TestPeer>();
        for (var i = 0; i < count; i++)
        {
            var client = await ConnectAsync();
            await client.SendAsync(hello);
            flood.Add(client);
        }

        if (wait)
        {
            await Eventually.TrueAsync(() => Running == Most, "all turns are taken");
        }

        return flood;
    }
}
