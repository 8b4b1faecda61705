using System.Buffers.Binary;
using System.Text;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>A hello in its parts, to be made, changed and written: with right lengths, whatever is in it.</summary>
internal sealed record HelloModel
{
    public const ushort ServerNameType = 0;
    public const ushort ProtocolsType = 16;
    public const ushort VersionsType = 43;
    public const ushort KeySharesType = 51;
    public const ushort EncryptedHelloType = 0xFE0D;

    public ushort RecordVersion { get; init; } = 0x0301;

    public ushort Version { get; init; } = 0x0303;

    public byte[] Random { get; init; } = new byte[32];

    public byte[] Session { get; init; } = new byte[32];

    public byte[] Ciphers { get; init; } = [0x13, 0x01, 0x13, 0x02, 0xC0, 0x2F];

    public byte[] Compressions { get; init; } = [0];

    /// <summary>None: a message that ends before its extensions, as old clients' do.</summary>
    public IReadOnlyList<(ushort Type, byte[] Content)>? Extensions { get; init; } = [];

    /// <summary>A TLS 1.3 client that asks for this name.</summary>
    public static HelloModel For(string? name) => new()
    {
        Extensions = [.. name is null ? [] : new[] { ServerName(name) }, Versions(0x0304, 0x0303), (KeySharesType, new byte[38])],
    };

    /// <summary>The same with one more extension at the end.</summary>
    public HelloModel With((ushort Type, byte[] Content) extension) => this with { Extensions = [.. Extensions ?? [], extension] };

    public static (ushort Type, byte[] Content) ServerName(params string[] names)
        => (ServerNameType, List([.. names.SelectMany(n => (byte[])[0, .. List(Encoding.Latin1.GetBytes(n))])]));

    public static (ushort Type, byte[] Content) Protocols(params string[] names)
        => (ProtocolsType, List([.. names.SelectMany(n => ShortList(Encoding.Latin1.GetBytes(n)))]));

    public static (ushort Type, byte[] Content) Versions(params ushort[] versions)
        => (VersionsType, ShortList([.. versions.SelectMany(Number)]));

    /// <summary>The message, with its header.</summary>
    public byte[] Message()
    {
        byte[] body =
        [
            .. Number(Version), .. Random, .. ShortList(Session), .. List(Ciphers), .. ShortList(Compressions),
            .. Extensions is null ? [] : List([.. Extensions.SelectMany(e => (byte[])[.. Number(e.Type), .. List(e.Content)])]),
        ];
        return [1, (byte)(body.Length >> 16), .. Number((ushort)body.Length), .. body];
    }

    /// <summary>What goes over the network: the message in records of these lengths, the last length again and again.</summary>
    public byte[] Wire(params int[] lengths) => Wire(RecordVersion, Message(), lengths.Length == 0 ? [16_384] : lengths);

    /// <summary>Puts a message into records.</summary>
    public static byte[] Wire(ushort version, ReadOnlySpan<byte> message, params ReadOnlySpan<int> lengths)
    {
        var wire = new List<byte>(message.Length + 64);
        for (var i = 0; !message.IsEmpty; i++)
        {
            var length = Math.Min(message.Length, lengths[Math.Min(i, lengths.Length - 1)]);
            wire.Add(22);
            wire.AddRange(Number(version));
            wire.AddRange(Number((ushort)length));
            wire.AddRange(message[..length]);
            message = message[length..];
        }

        return [.. wire];
    }

    public static byte[] List(byte[] content) => [.. Number((ushort)content.Length), .. content];

    public static byte[] ShortList(byte[] content) => [(byte)content.Length, .. content];

    public static byte[] Number(ushort number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, number);
        return bytes;
    }
}
