using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.FuzzTests;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>One port, several pairs: the name in the client's hello chooses, and not one byte of it is consumed.</summary>
public sealed class RoutingByServerName : Scenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");
    private readonly TestDestination _second;

    public RoutingByServerName() => _second = Add(TestDestination.Echoing("dmz"));

    [Theory, ClassData<Engines>]
    public async Task Route_Name_ItsCluster(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);
        (string? Name, string Destination)[] expected =
        [
            ("a.dmz.example", "dmz"), ("A.Dmz.Example.", "dmz"), ("a.b.dmz.example", "primary"), ("dmz.example", "primary"),
            ("special.dmz.example", "primary"), ("iqservice.corp.example", "primary"), (null, "primary"),
        ];
        foreach (var (name, _) in expected)
        {
            await ExchangeAsync(HelloModel.For(name).Wire());
        }

        var lines = await Proxy.LinesAsync(expected.Length);

        Assert.Equal(expected.Select(e => e.Destination), lines.Select(l => l.Destination));
        Assert.Equal(expected.Select(e => e.Name?.ToLowerInvariant().TrimEnd('.')), lines.Select(l => l.Sni));
        Assert.All(lines, l => Assert.Equal(("completed", "1.3"), (l.Outcome, l.TlsVersion)));
    }

    [Theory, ClassData<Engines>]
    public async Task Route_UrgentByteInTheHello_GoesOnWithoutAName(EngineKind engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere it is not known that an urgent byte stands ahead");
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);
        var hello = HelloModel.For("a.dmz.example").Wire();
        var client = await ConnectAsync();

        await client.SendAsync(hello.AsMemory(0, 20));
        client.Socket.Send("!"u8, System.Net.Sockets.SocketFlags.OutOfBand);
        await client.SendAsync(hello.AsMemory(20));
        client.FinishSending();
        var answer = await client.ReadToEndAsync();

        Assert.Equal(PeerEnd.Fin, answer.End);
        var line = await Proxy.LineAsync();
        Assert.Equal(("primary", "completed", hello.Length), (line.Destination, line.Outcome, (int)line.BytesIn));
    }

    [Theory, ClassData<Engines>]
    public async Task Route_HelloOfARealClient_IsReadAndUntouched(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);
        var complete = CorpusFile.All().Where(f => f.Expected.StartsWith("Complete", StringComparison.Ordinal)).ToList();
        foreach (var file in complete)
        {
            await ExchangeAsync(file.Bytes);
        }

        var lines = await Proxy.LinesAsync(complete.Count);

        Assert.All(
            complete.Zip(lines),
            pair => Assert.Contains($"name={pair.Second.Sni ?? "none"} ", pair.First.Expected, StringComparison.Ordinal));
    }

    [Theory, ClassData<Engines>]
    public async Task Route_HelloSplitAtEveryByte_IsReadAndUntouched(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);
        var hello = HelloModel.For("split.dmz.example").Wire();
        var clients = new List<(TestPeer Peer, int Cut)>();
        for (var cut = 1; cut < hello.Length; cut++)
        {
            var client = await ConnectAsync();
            await client.SendAsync(hello.AsMemory(0, cut));
            clients.Add((client, cut));
        }

        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Count(c => c.Activity is not null) == clients.Count, () => "all are waited for");
        await ExchangeAsync(hello);
        foreach (var (peer, cut) in clients)
        {
            await peer.SendAsync(hello.AsMemory(cut));
        }

        foreach (var (peer, _) in clients)
        {
            await ExpectAsync(peer, hello);
            peer.FinishSending();
            await peer.ExpectFinAsync();
        }

        Assert.All(
            await Proxy.LinesAsync(hello.Length),
            l => Assert.Equal(("dmz", "split.dmz.example", hello.Length), (l.Destination, l.Sni, l.BytesIn)));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task Route_NoRouteAndNoCluster_IsRefusedAndCounted(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.OnlyRouted(_second), _primary);
        await ExchangeAsync(HelloModel.For("a.dmz.example").Wire());
        byte[][] refused = [HelloModel.For("other.example").Wire(), HelloModel.For(null).Wire(), "GET / HTTP/1.1\r\n\r\n"u8.ToArray()];
        foreach (var bytes in refused)
        {
            var client = await ConnectAsync();
            await client.SendAsync(bytes);
            await client.ExpectResetAsync();
        }

        // Counted and told just after the reset has gone out.
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConnectionRefused).Count == refused.Length, "each is told of");
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("connections_refused_total", "reason=no_route") == refused.Length,
            () => "each is counted");
        Assert.Equal(
            ["none", "none", "other.example"],
            Proxy.Log.Events(EventIds.ConnectionRefused).Select(e => e.Field("Sni")).Order(StringComparer.Ordinal));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task Route_NoHello_GoesToTheListenersCluster(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);
        (string File, string Word)[] seen =
        [
            ("plain-http", "not_tls"), ("plain-xml-with-length", "not_tls"), ("plain-ldap", "not_tls"), ("binary-high-bit", "not_tls"),
            ("ssl2-style", "not_tls"),
            ("two-names", "malformed"), ("alert", "malformed"), ("length-of-16-mb", "too_large"), ("one-byte-too-long", "too_large"),
            ("too-many-records", "too_large"),
        ];
        foreach (var (file, _) in seen)
        {
            await ExchangeAsync(CorpusFile.Named(file).Bytes);
        }

        var lines = await Proxy.LinesAsync(seen.Length);

        Assert.Equal(seen.Select(s => s.Word), lines.Select(l => l.TlsVersion));
        Assert.All(lines, l => Assert.Equal(("primary", null, "completed"), (l.Destination, l.Sni, l.Outcome)));
    }

    /// <summary>Sends bytes, gets all of them back, and ends in order.</summary>
    private async Task ExchangeAsync(byte[] bytes)
    {
        var ended = Proxy.Log.Lines.Count;
        using var client = await Proxy.ConnectAsync();
        await client.SendAsync(bytes);
        await ExpectAsync(client, bytes);
        client.FinishSending();
        await client.ExpectFinAsync();
        await Proxy.LinesAsync(ended + 1);
    }

    private static async Task ExpectAsync(TestPeer client, byte[] bytes)
    {
        var back = new byte[bytes.Length];
        for (var at = 0; at < back.Length;)
        {
            var count = await client.ReceiveAsync(back.AsMemory(at));
            Assert.True(count > 0, $"The connection ended after {at} of {back.Length} bytes: {Encoding.Latin1.GetString(back, 0, at)}");
            at += count;
        }

        Assert.Equal(bytes, back);
    }
}
