using System.Buffers.Binary;
using HaProxyNet.Machine;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Walks through extensions, for <c>foreach</c>. It ends before one that is longer than what is left. Pure.</summary>
/// <param name="bytes">The extensions.</param>
internal ref struct TlvReader(ReadOnlySpan<byte> bytes)
{
    private const int ChecksumLength = sizeof(uint);
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The extension that was reached.</summary>
    public Tlv Current { get; private set; }

    /// <summary>Whether everything was walked through.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Itself.</summary>
    public readonly TlvReader GetEnumerator() => this;

    /// <summary>Goes on to the next one.</summary>
    public bool MoveNext()
    {
        if (_rest.Length < Tlv.HeadLength)
        {
            return false;
        }

        var end = Tlv.HeadLength + BinaryPrimitives.ReadUInt16BigEndian(_rest[1..]);
        if (end > _rest.Length)
        {
            return false;
        }

        Current = new Tlv((TlvType)_rest[0], _rest[Tlv.HeadLength..end]);
        _rest = _rest[end..];
        return true;
    }

    /// <summary>What is wrong with the extensions of a header, their checksum included.</summary>
    /// <param name="header">The whole header.</param>
    /// <param name="start">Where its extensions begin.</param>
    public static ProxyHeaderFault FaultOf(ReadOnlySpan<byte> header, int start)
    {
        var reader = new TlvReader(header[start..]);
        while (reader.MoveNext())
        {
            if (reader.Current.Type is not TlvType.Crc32C)
            {
                continue;
            }

            var value = header.Length - reader._rest.Length - reader.Current.Value.Length;
            if (reader.Current.Value.Length != ChecksumLength
                || BinaryPrimitives.ReadUInt32BigEndian(reader.Current.Value) != Crc32C.Around(
                    header[..value], header[(value + ChecksumLength)..]))
            {
                return ProxyHeaderFault.Checksum;
            }
        }

        return reader.IsAtEnd ? ProxyHeaderFault.None : ProxyHeaderFault.Extension;
    }
}
