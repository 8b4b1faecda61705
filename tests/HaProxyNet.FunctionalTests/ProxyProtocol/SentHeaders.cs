using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>Destinations that are told who the client is, before its first byte.</summary>
public sealed class SentHeaders : HeaderScenario
{
    private readonly TestDestination _primary = TestDestination.Listening("primary");
    private readonly TestDestination _secondary = TestDestination.Listening("secondary");

    [Theory, ClassData<Engines>]
    public async Task V1_TheClientsOwnAddress(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup { Cluster = Sending("V1") }, _primary);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        using var agent = await _primary.AcceptAsync();

        await agent.ExpectAsync($"PROXY TCP4 127.0.0.1 127.0.0.1 {client.LocalEndPoint.Port} {Proxy.Address.Port}\r\nping");
        await agent.SendAsync("pong");
        await client.ExpectAsync("pong");
        agent.Dispose();
        client.Dispose();
        Assert.Equal(4, (await Proxy.LineAsync()).BytesIn);
    }

    /// <summary>It waits for the client's bytes for a moment only: a server that speaks first, and waits for the header, gets it.</summary>
    [Theory, ClassData<Engines>]
    public async Task V2_BeforeAnyByteOfTheClient(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup { Cluster = Sending("V2") }, _primary);
        var client = await ConnectAsync();
        using var agent = await _primary.AcceptAsync();

        await ExpectAsync(agent, Own(client));
        await agent.SendAsync("220 ready");
        await client.ExpectAsync("220 ready");
    }

    /// <summary>A packet of its own costs both sides more than the header itself.</summary>
    [Fact]
    public async Task V2_TheClientsBytesAreThere_OnePacket()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is for Linux.");
        var listener = new Dictionary<string, string>(StringComparer.Ordinal) { ["ConnectOn"] = "FirstByte" };
        await StartAsync(EngineKind.Reactor, new ProxySetup { Cluster = Sending("V2"), Listener = listener }, _primary);

        // The system sends what is held back after 200 ms: a machine that is as slow as that is asked again.
        var packets = 0;
        for (var tries = 0; tries < 20 && packets != 1; tries++)
        {
            var client = await ConnectAsync();
            await client.SendAsync("ping");
            using var agent = await _primary.AcceptAsync();
            await ExpectAsync(agent, [.. Own(client), .. "ping"u8]);
            packets = PacketsWithBytes(agent.Socket);
            client.Dispose();
        }

        Assert.Equal(1, packets);
    }

    /// <summary>A chain: what a load balancer in front has said goes on, its extensions too, without checksum and padding.</summary>
    [Theory, ClassData<Engines>]
    public async Task V2_OfAnIntroducedClient_IsPassedOn(EngineKind engine)
    {
        await StartAsync(engine, Trusting() with { Cluster = Sending("V2") }, _primary);
        byte[] said = [
            .. Headers.Tlv(5, "unique-1"),
            .. Headers.Ssl(1, 0, Headers.Tlv(Headers.CommonName, "iq")),
            .. Headers.Tlv(0xEA, "vpce-1"),
        ];
        var client = await ConnectAsync();
        await client.SendAsync((byte[])[.. Headers.V2(Headers.Client, [.. Headers.Tlv(4, "padding"), .. said]), .. "ping"u8]);

        await ExpectAndCloseAsync(_primary, [.. Headers.V2(Headers.Client, said), .. "ping"u8]);
    }

    [Theory, ClassData<Engines>]
    public async Task V1_OfAnIntroducedClient_IsPassedOn(EngineKind engine)
    {
        await StartAsync(engine, Trusting() with { Cluster = Sending("V1") }, _primary);
        var client = await ConnectAsync();
        await client.SendAsync((byte[])[.. Headers.V2(Headers.Client), .. "ping"u8]);

        await ExpectAndCloseAsync(_primary, [.. Headers.V1(Headers.Client), .. "ping"u8]);
    }

    [Theory, ClassData<Engines>]
    public async Task PrimaryRefuses_TheSecondaryGetsOneHeader(EngineKind engine)
    {
        _primary.StopListening();
        await StartAsync(engine, new ProxySetup { Cluster = Sending("V2") }, _primary, _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("ping");

        await ExpectAndCloseAsync(_secondary, [.. Own(client), .. "ping"u8]);
    }

    /// <summary>An attempt that is waited for no longer, and that is answered after all, gets the header as well as any.</summary>
    [Theory, ClassData<Engines>]
    public async Task SlowPrimary_TheOneThatAcceptsGetsTheHeader(EngineKind engine)
    {
        var silent = await TestDestination.SilentAsync("primary");
        Truth.DestinationsHaveOtherClients = true;
        await StartAsync(engine, new ProxySetup
        {
            Cluster = Sending("V2"),
            HedgeAfter = TimeSpan.FromMilliseconds(50),
        }, silent, _secondary);
        var client = await ConnectAsync();
        await client.SendAsync("ping");

        await ExpectAndCloseAsync(_secondary, [.. Own(client), .. "ping"u8]);
        client.Dispose();
        await Proxy.LineAsync();
    }

    /// <summary>tcpi_data_segs_in of struct tcp_info (tcp(7), include/uapi/linux/tcp.h).</summary>
    private static int PacketsWithBytes(Socket socket)
    {
        const int LevelTcp = 6, Info = 11, At = 152;
        Span<byte> info = stackalloc byte[At + sizeof(int)];
        Assert.Equal(info.Length, socket.GetRawSocketOption(LevelTcp, Info, info));
        return MemoryMarshal.Read<int>(info[At..]);
    }

    private byte[] Own(TestPeer client)
    {
        var (from, to) = (client.LocalEndPoint, Proxy.Address);
        return Headers.V2(
            0x21, 0x11, [127, 0, 0, 1, 127, 0, 0, 1, (byte)(from.Port >> 8), (byte)from.Port, (byte)(to.Port >> 8), (byte)to.Port]);
    }

    private static async Task ExpectAndCloseAsync(TestDestination destination, byte[] expected)
    {
        using var agent = await destination.AcceptAsync();
        await ExpectAsync(agent, expected);
    }

    private static async Task ExpectAsync(TestPeer agent, byte[] expected)
    {
        var got = new byte[expected.Length];
        for (var at = 0; at < got.Length;)
        {
            var count = await agent.ReceiveAsync(got.AsMemory(at));
            Assert.True(count > 0, $"The connection ended after {at} bytes: {Encoding.Latin1.GetString(got, 0, at)}");
            at += count;
        }

        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(got));
    }
}
