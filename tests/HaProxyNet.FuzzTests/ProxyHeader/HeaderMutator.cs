using System.Buffers.Binary;
using System.Net;
using System.Text;
using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.FuzzTests.ProxyHeader;

/// <summary>
/// Makes bytes that nearly are a header: from the corpus, from models of both versions, and from all with changes of every kind.
/// </summary>
internal sealed class HeaderMutator(IReadOnlyList<byte[]> corpus, Random random)
{
    private static readonly byte[] _interesting =
        [0, 1, 2, 3, 4, 12, 16, 0x11, 0x12, 0x20, 0x21, 0x31, 36, 127, 128, 216, 254, 255, .. "\r\n PT46:.09af"u8];
    private static readonly string[] _words =
    [
        "TCP4",
        "TCP6",
        "UNKNOWN",
        "",
        "0",
        "65535",
        "65536",
        "00",
        "1.2.3.4",
        "255.255.255.255",
        "256.1.1.1",
        "01.2.3.4",
        "::",
        "::1",
        "1::",
        "::ffff:1.2.3.4",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:7::",
        "1:2:3:4:5:6:1.2.3.4",
        "12345::",
        ":::",
        "fe80::1%lo",
    ];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = new List<byte>(random.Next(5) switch { 0 => Line(), 1 or 2 => Binary(), _ => corpus[random.Next(corpus.Count)] });
        for (var changes = random.Next(4); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        switch (random.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = _interesting[random.Next(_interesting.Length)];
                break;
            case 2:
                bytes.Insert(at, _interesting[random.Next(_interesting.Length)]);
                break;
            case 3 when at < bytes.Count:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5 when bytes.Count > 16:
                // The command, the family and the length decide everything.
                bytes[12 + random.Next(4)] = _interesting[random.Next(_interesting.Length)];
                break;
            default:
                var more = new byte[random.Next(40)];
                random.NextBytes(more);
                bytes.AddRange(more);
                break;
        }
    }

    private byte[] Line()
    {
        var isIPv6 = random.Next(2) == 0;
        var words = new List<string> { "PROXY", isIPv6
            ? "TCP6"
            : "TCP4", Address(isIPv6).ToString(), Address(isIPv6).ToString(), $"{random.Next(65_536)}", $"{random.Next(65_536)}" };
        if (random.Next(3) == 0)
        {
            words[random.Next(words.Count)] = _words[random.Next(_words.Length)];
        }

        return Encoding.Latin1.GetBytes(string.Join(' ', words) + "\r\n" + (random.Next(2) == 0 ? "hello" : ""));
    }

    private byte[] Binary()
    {
        var into = new byte[4096];
        var isIPv6 = random.Next(2) == 0;
        var writer = new BinaryHeaderWriter(
            into, ProxyAddresses.Of(new(Address(isIPv6), random.Next(65_536)), new(Address(isIPv6), random.Next(65_536))));
        for (var count = random.Next(5); count > 0; count--)
        {
            var value = new byte[random.Next(random.Next(4) == 0 ? 300 : 20)];
            random.NextBytes(value);
            if (random.Next(4) == 0)
            {
                writer.BeginSsl((byte)random.Next(8), random.Next(2) == 0);
                writer.Add(TlvType.SslVersion, "TLSv1.3"u8);
                writer.EndSsl();
            }
            else
            {
                writer.Add((TlvType)(random.Next(2) == 0 ? random.Next(6) : random.Next(256)), value);
            }
        }

        var header = into[..writer.Finish(withChecksum: random.Next(2) == 0)];
        if (random.Next(4) == 0)
        {
            (header[12], header[13]) = ((byte)(0x20 + random.Next(3)), (byte)((random.Next(5) << 4) + random.Next(4)));
        }

        if (random.Next(8) == 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(14), (ushort)random.Next(65_536));
        }

        return header;
    }

    private IPAddress Address(bool isIPv6)
    {
        var bytes = new byte[isIPv6 ? 16 : 4];
        random.NextBytes(bytes);
        if (isIPv6 && random.Next(2) == 0)
        {
            bytes.AsSpan(random.Next(8), random.Next(9)).Clear();
        }

        return new IPAddress(bytes);
    }
}
