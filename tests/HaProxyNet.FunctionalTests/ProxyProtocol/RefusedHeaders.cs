using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>
/// No header where one must come, one where none may, and one that lies: refused, counted, told; and no agent sees a byte of it.
/// </summary>
public sealed class RefusedHeaders : HeaderScenario
{
    private readonly TestDestination _primary = TestDestination.Echoing("primary");

    public static TheoryData<EngineKind, string> Broken
    {
        get
        {
            var data = new TheoryData<EngineKind, string>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                foreach (var name in _broken.Keys)
                {
                    data.Add(engine, name);
                }
            }

            return data;
        }
    }

    private static readonly Dictionary<string, byte[]> _broken = new(StringComparer.Ordinal)
    {
        ["v1 without an end"] = [.. "PROXY TCP4 "u8, .. Enumerable.Repeat((byte)'1', 200)],
        ["v1 with half a line"] = [.. "PROXY TCP4 198.51.100.7\r\n"u8],
        ["v1 with a strange family"] = [.. "PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n"u8],
        ["v2 of the next version"] = Headers.V2(0x31, 0x11, new byte[12]),
        ["v2 too short for its addresses"] = Headers.V2(0x21, 0x21, new byte[12]),
        ["v2 longer than is read"] = Headers.V2(0x21, 0x11, new byte[12], length: 65_535),
        ["v2 with an extension that lies"] = Headers.V2(Headers.Client, 0x05, 0x01, 0x00, 0x41),
        ["v2 with a wrong checksum"] = Headers.V2(Headers.Client, Headers.Tlv(3, 1, 2, 3, 4)),
    };

    [Theory, ClassData<Engines>]
    public async Task UrgentByteInTheHeader_IsInvalidAtOnce(EngineKind engine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere it is not known that an urgent byte stands ahead");
        await StartAsync(engine, Trusting(("ProxyProtocol:Timeout", "01:00:00")), _primary);
        var client = await ConnectAsync();
        var header = Headers.V2(Headers.Client).AsMemory();

        await client.SendAsync(header[..20]);
        client.Socket.Send("!"u8, System.Net.Sockets.SocketFlags.OutOfBand);

        await client.ExpectResetAsync();
        await RefusedAsync("proxy_header_invalid");
    }

    [Theory, ClassData<Engines>]
    public async Task Silence_OfAListedPeer_IsResetAfterItsTime(EngineKind engine)
    {
        var time = new FakeTimeProvider();
        await StartAsync(engine, Trusting(("ProxyProtocol:Timeout", "00:00:07")).WithoutIdleProbes() with { Time = time }, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(Headers.V2(Headers.Client).AsMemory()[..27]);
        await Eventually.TrueAsync(
            async () => (await Proxy.ConnectionsAsync()).Any(c => c.Activity is not null), () => "the header is waited for");

        time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("connections_refused_total"));
        time.Advance(TimeSpan.FromSeconds(0.2));

        await client.ExpectResetAsync();
        await RefusedAsync("proxy_header_missing");
        Assert.Contains(
            "none was complete within 7 s", Assert.Single(Proxy.Log.Events(EventIds.ProxyHeaderMissing)).Text, StringComparison.Ordinal);
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, ClassData<Engines>]
    public async Task OtherBytes_OfAListedPeer_AreRefusedAtOnce(EngineKind engine)
    {
        await StartAsync(engine, Trusting(), _primary);
        for (var i = 0; i < 3; i++)
        {
            var client = await ConnectAsync();
            await client.SendAsync("ping");
            await client.ExpectResetAsync();
        }

        await RefusedAsync("proxy_header_missing", 3);
        Assert.Single(Proxy.Log.Events(EventIds.ProxyHeaderMissing));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    [Theory, MemberData(nameof(Broken))]
    public async Task BrokenHeader_IsRefused(EngineKind engine, string name)
    {
        await StartAsync(engine, Trusting(), _primary);
        var client = await ConnectAsync();
        await client.SendAsync(_broken[name]);

        await client.ExpectResetAsync();
        await RefusedAsync("proxy_header_invalid");
        Assert.Single(Proxy.Log.Events(EventIds.ProxyHeaderInvalid));
        Assert.Equal(0, _primary.Traffic.Connections);
    }

    /// <summary>A load balancer that asks whether the port accepts: nobody's fault.</summary>
    [Theory, ClassData<Engines>]
    public async Task ListedPeerGoesWithoutAByte_IsNoFault(EngineKind engine)
    {
        await StartAsync(engine, Trusting(), _primary);
        var client = await ConnectAsync();
        client.FinishSending();

        await client.ExpectResetAsync();
        Assert.Equal(("client_aborted", ""), ((await Proxy.LineAsync()).Outcome, Proxy.Log.Lines[0].Destination));
        Assert.Empty(Proxy.Log.Events(EventIds.ProxyHeaderMissing));
    }

    public static TheoryData<EngineKind, string, int> Strangers
    {
        get
        {
            var data = new TheoryData<EngineKind, string, int>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                foreach (var mode in _modes.Keys)
                {
                    data.Add(engine, mode, 1);
                    data.Add(engine, mode, 2);
                }
            }

            return data;
        }
    }

    private static readonly Dictionary<string, (string Key, string Value)[]> _modes = new(StringComparer.Ordinal)
    {
        ["plain"] = [],
        ["first byte"] = [("ConnectOn", "FirstByte")],
        ["passthrough"] = [("Tls:Mode", "Passthrough")],
        ["terminate"] = [.. Terminating().Select(s => (s.Key, s.Value))],
    };

    [Theory, MemberData(nameof(Strangers))]
    public async Task Header_OfAPeerThatIsNotListed_IsRefused(EngineKind engine, string mode, int version)
    {
        await StartAsync(engine, Distrusting(_modes[mode]), _primary);
        var client = await ConnectAsync();
        var header = version == 1 ? Headers.V1(Headers.Client) : Headers.V2(Headers.Client);
        await client.SendAsync(header.AsMemory()[..3]);
        await client.SendAsync((byte[])[.. header[3..], .. "ping"u8]);

        await client.ExpectResetAsync();
        await RefusedAsync("proxy_header_unexpected");
        Assert.Single(Proxy.Log.Events(EventIds.ProxyHeaderUnexpected));
        Assert.Equal(0, _primary.Traffic.Received);
    }

    /// <summary>
    /// A client of its own right, in words that begin as a header does; and a server that speaks first does not wait for it.
    /// </summary>
    [Theory, ClassData<Engines>]
    public async Task NoHeader_OfAPeerThatIsNotListed_IsServedToTheByte(EngineKind engine)
    {
        await StartAsync(engine, Distrusting(), TestDestination.Serving("primary", async peer =>
        {
            await peer.SendAsync("220 ready");
            await Scripts.EchoAsync(peer);
        }));
        foreach (var word in new[] { "P", "PROXIMA", "PROX", "\r\n\r\n\0\r\nQUIET", "ping" })
        {
            using var client = await Proxy.ConnectAsync();
            await client.ExpectAsync("220 ready");
            foreach (var letter in word)
            {
                await client.SendAsync($"{letter}");
            }

            client.FinishSending();
            Assert.Equal((word, PeerEnd.Fin), await client.ReadToEndAsync());
        }

        Assert.All(await Proxy.LinesAsync(5), l => Assert.Equal(("completed", null), (l.Outcome, l.Peer)));
    }

    /// <summary>Without load balancers nothing changes: bytes are bytes, whatever they look like.</summary>
    [Theory, ClassData<Engines>]
    public async Task Header_WithoutProxyProtocol_PassesAsItCame(EngineKind engine)
    {
        await StartAsync(engine, _primary);
        var client = await ConnectAsync();
        await client.SendAsync(Headers.V1(Headers.Client));

        await client.ExpectAsync(System.Text.Encoding.ASCII.GetString(Headers.V1(Headers.Client)));
    }
}
