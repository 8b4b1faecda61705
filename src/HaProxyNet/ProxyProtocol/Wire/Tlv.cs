using System.Buffers.Binary;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>One extension of a header of version 2.</summary>
/// <param name="type">Its kind.</param>
/// <param name="value">Its value.</param>
internal readonly ref struct Tlv(TlvType type, ReadOnlySpan<byte> value)
{
    /// <summary>The kind and the length before the value.</summary>
    public const int HeadLength = 3;

    /// <summary>Its kind, which may be none of those that have a name.</summary>
    public TlvType Type { get; } = type;

    /// <summary>Its value.</summary>
    public ReadOnlySpan<byte> Value { get; } = value;

    /// <summary>Writes it, and returns its length.</summary>
    public int WriteTo(Span<byte> into)
    {
        into[0] = (byte)Type;
        BinaryPrimitives.WriteUInt16BigEndian(into[1..], (ushort)Value.Length);
        Value.CopyTo(into[HeadLength..]);
        return HeadLength + Value.Length;
    }
}
