using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A server that reads the PROXY header of version 2 of a connection, as the specification has it, and hangs up.</summary>
internal sealed class HeaderReader : IDisposable
{
    private const int FixedLength = 16;
    private const int Ssl = 0x20;
    private const int SslHead = 5;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public HeaderReader() => _listener.Start();

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>The extensions within SSL of the next connection that has them, by their number; there may be checks before it.</summary>
    public async Task<SortedDictionary<string, string>> NextAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(patience.Token);
            var head = new byte[FixedLength];
            if (await client.GetStream().ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, patience.Token) < head.Length)
            {
                continue;
            }

            var rest = new byte[BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(14))];
            await client.GetStream().ReadExactlyAsync(rest, patience.Token);
            const int IPv4 = 12;
            if (rest.Length > IPv4 && Tlvs(rest[IPv4..]).TryGetValue($"{Ssl:x2}", out var ssl))
            {
                return new(
                    Tlvs(ssl[SslHead..]).ToDictionary(tlv => tlv.Key, tlv => Encoding.UTF8.GetString(tlv.Value), StringComparer.Ordinal),
                    StringComparer.Ordinal);
            }
        }
    }

    public void Dispose() => _listener.Dispose();

    private static Dictionary<string, byte[]> Tlvs(byte[] bytes)
    {
        const int Head = 3;
        var tlvs = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        for (var at = 0; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at + 1));
            tlvs.Add($"{bytes[at]:x2}", bytes[(at + Head)..(at + Head + length)]);
            at += Head + length;
        }

        return tlvs;
    }
}
