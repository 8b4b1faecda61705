using System.Text;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>
/// Makes bytes that nearly are a hello: from the corpus, from models of hellos, and from both with changes of every kind.
/// </summary>
internal sealed class HelloMutator(IReadOnlyList<byte[]> corpus, Random random)
{
    private const int Longest = 24 * 1024;

    private static readonly byte[] _interesting =
        [0, 1, 2, 3, 4, 16, 20, 21, 22, 23, 24, 31, 32, 33, 43, 63, 64, 127, 128, 253, 254, 255, (byte)'.', (byte)'-'];
    private static readonly string[] _names =
    [
        "iqservice.corp.example", "IQS.DMZ.example.", "a", "a.b", "xn--mnchen-3ya.example", "", ".", "a..b", "-a.b", "a-.b", "10.0.0.5",
        "a b.example", "a_b.example",
        "*.example", new string('a', 63) + ".b", new string('a', 64) + ".b",
        string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + ".b", "a\0b", "é.example",
    ];

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var bytes = random.Next(3) == 0 ? FromModel() : corpus[random.Next(corpus.Count)];
        var list = new List<byte>(bytes);
        for (var changes = random.Next(5); changes > 0; changes--)
        {
            Change(list);
        }

        if (list.Count > Longest)
        {
            list.RemoveRange(Longest, list.Count - Longest);
        }

        return [.. list];
    }

    private void Change(List<byte> bytes)
    {
        var at = random.Next(bytes.Count + 1);
        var isInside = at < bytes.Count;
        switch (random.Next(10))
        {
            case 0 when isInside:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when isInside:
                bytes[at] = _interesting[random.Next(_interesting.Length)];
                break;
            case 2 when isInside:
                bytes[at] += (byte)(random.Next(2) == 0 ? 1 : -1);
                break;
            case 3:
                // The first bytes hold the lengths that everything depends on.
                at = random.Next(Math.Min(bytes.Count, 16) + 1);
                bytes.Insert(at, (byte)random.Next(256));
                break;
            case 4 when isInside:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 16), bytes.Count - at));
                break;
            case 5 when isInside:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, Math.Min(random.Next(1, 64), bytes.Count - at)));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7:
                var other = corpus[random.Next(corpus.Count)];
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other[random.Next(other.Length + 1)..]);
                break;
            case 8 when bytes.Count > 1 && bytes.Count < HelloParser.LongestMessage:
                Rejoin(bytes);
                break;
            default:
                var more = new byte[random.Next(32)];
                random.NextBytes(more);
                bytes.AddRange(more);
                break;
        }
    }

    /// <summary>Other records around the same message; what is no message becomes one.</summary>
    private void Rejoin(List<byte> bytes)
    {
        var wire = HelloModel.Wire(
            0x0301, [.. bytes.Skip(HelloRecords.HeaderLength)], random.Next(1, 40), random.Next(1, 1000), random.Next(1, 16_385));
        bytes.Clear();
        bytes.AddRange(wire);
    }

    private byte[] FromModel()
    {
        var model = new HelloModel
        {
            RecordVersion = (ushort)(0x0300 + random.Next(6)),
            Version = random.Next(8) == 0 ? (ushort)random.Next(65_536) : (ushort)(0x0300 + random.Next(5)),
            Session = new byte[random.Next(8) == 0 ? random.Next(40) : 32],
            Ciphers = new byte[random.Next(8) == 0 ? random.Next(9) : 2 * random.Next(1, 40)],
            Compressions = new byte[random.Next(12) == 0 ? 0 : 1],
            Extensions = random.Next(20) == 0 ? null : [.. Enumerable.Range(0, random.Next(12)).Select(_ => Extension())],
        };
        return random.Next(3) == 0 ? model.Wire(random.Next(1, 80), random.Next(1, 400)) : model.Wire();
    }

    private (ushort Type, byte[] Content) Extension() => random.Next(8) switch
    {
        0 => HelloModel.ServerName(_names[random.Next(_names.Length)]),
        1 => HelloModel.ServerName([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomName())]),
        2 => HelloModel.Protocols([.. Enumerable.Range(0, random.Next(4))
            .Select(_ => random.Next(6) == 0 ? "" : random.Next(4) == 0 ? "\x1A\x1A" : RandomName())]),
        3 => HelloModel.Versions(
            [.. Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(4) == 0 ? (ushort)0x4A4A : (ushort)(0x0300 + random.Next(6)))]),
        4 => (HelloModel.EncryptedHelloType, new byte[random.Next(300)]),
        5 => (HelloModel.KeySharesType, new byte[random.Next(3000)]),
        6 => ((ushort)random.Next(65_536), new byte[random.Next(20)]),
        _ => (_known[random.Next(_known.Length)], RandomContent()),
    };

    private static readonly ushort[] _known =
        [HelloModel.ServerNameType, HelloModel.ProtocolsType, HelloModel.VersionsType, 10, 13, 21, 0x2A2A];

    private byte[] RandomContent()
    {
        var content = new byte[random.Next(24)];
        random.NextBytes(content);
        if (content.Length > 1 && random.Next(2) == 0)
        {
            (content[0], content[1]) = (0, (byte)(content.Length - 2));
        }

        return content;
    }

    private string RandomName()
    {
        const string Letters = "abcXYZ019-_.";
        var name = new StringBuilder();
        for (var length = random.Next(1, 20); length > 0; length--)
        {
            name.Append(random.Next(40) == 0 ? (char)random.Next(256) : Letters[random.Next(Letters.Length)]);
        }

        return name.ToString();
    }
}
