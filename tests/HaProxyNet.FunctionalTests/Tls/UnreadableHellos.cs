using System.Buffers.Binary;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>First messages that TLS libraries cannot read: failed handshakes with a reason, and never a fault of the proxy.</summary>
public sealed class UnreadableHellos : TlsScenario
{
    private static readonly byte[] _body = [3, 3, .. new byte[32], 0, 0, 2, 0x13, 1, 1, 0];

    public UnreadableHellos() => Truth.PeersCountTls = true;

    public static TheoryData<TlsStack, string> All { get; } = [.. new TlsStacks().SelectMany(
        stack => Hellos().Keys.Select(name => new TheoryDataRow<TlsStack, string>(stack.Data, name)))];

    [Theory, MemberData(nameof(All))]
    public async Task Hello_IsAFailedHandshake(TlsStack stack, string name)
    {
        var agent = TestDestination.Echoing("primary");
        await StartAsync(stack, Wires.TlsPlain, agent);
        var client = await ConnectAsync();

        await client.SendAsync(Hellos()[name]);
        client.FinishSending();
        await client.ReadToEndAsync();

        var line = await Proxy.LineAsync();
        Assert.Contains(line.Outcome, (string[])["tls_failed", "client_aborted"]);
        var scrape = await Proxy.ScrapeAsync();
        Assert.Equal(1, scrape.Sum("tls_handshakes_total"));
        Assert.Equal(0, scrape.Sum("internal_faults_total"));
        Assert.Empty(Proxy.Log.Events(EventIds.InternalFault));
        Assert.Equal(0, agent.Traffic.Connections);
        using var next = await TlsPeer.ClientAsync(await ConnectAsync());
    }

    private static Dictionary<string, byte[]> Hellos() => new(StringComparer.Ordinal)
    {
        ["no extensions"] = Hello(_body),
        ["another message"] = Hello([], type: 2),
        ["a request for one"] = Hello([], type: 0),
        ["a finished"] = Hello(new byte[12], type: 20),
        ["length beyond"] = Hello(_body, length: 60_000),
        ["length short"] = Hello([.. _body, 0, 0], length: 3),
        ["extensions beyond"] = Hello([.. _body, 0xFF, 0xFF]),
        ["extension beyond"] = Hello([.. _body, 0, 4, 0, 0, 0, 0xFF]),
        ["empty"] = Hello([]),
        ["session of 255"] = Hello([3, 3, .. new byte[32], 0xFF]),
        ["odd suites"] = Hello([3, 3, .. new byte[32], 0, 0, 3, 0x13, 1, 0, 1, 0]),
        ["split after a byte"] = [0x16, 3, 1, 0, 1, 1, .. Hello(_body)[5..]],
        ["version 4"] = [0x16, 4, 1, .. Hello(_body)[3..]],
    };

    private static byte[] Hello(byte[] body, byte type = 1, int? length = null)
    {
        var bytes = new byte[9 + body.Length];
        (bytes[0], bytes[1], bytes[2], bytes[5]) = (0x16, 3, 1, type);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(3), (ushort)(4 + body.Length));
        var said = length ?? body.Length;
        (bytes[6], bytes[7], bytes[8]) = ((byte)(said >> 16), (byte)(said >> 8), (byte)said);
        body.CopyTo(bytes, 9);
        return bytes;
    }
}
