using System.Buffers.Binary;
using HaProxyNet.Machine;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>
/// Writes a header of version 2 from its front to its end: the addresses, then extensions, then <see cref="Finish"/>. The caller gives room
/// enough. Allocates nothing.
/// </summary>
internal ref struct BinaryHeaderWriter
{
    private const int LengthAt = 14;
    private readonly Span<byte> _into;
    private int _length;
    private int _ssl;

    /// <summary>Begins a client's header.</summary>
    public BinaryHeaderWriter(Span<byte> into, in ProxyAddresses addresses)
    {
        _into = into;
        BinaryHeader.Signature.CopyTo(into);
        into[12] = BinaryHeader.Proxy;
        into[13] = (byte)(BinaryHeader.TransportStream | (addresses.IsIPv4 ? BinaryHeader.FamilyIPv4 : BinaryHeader.FamilyIPv6));
        _length = BinaryHeader.FixedLength;
        Add(addresses.Source, addresses.IsIPv4);
        Add(addresses.Destination, addresses.IsIPv4);
        Add(addresses.SourcePort);
        Add(addresses.DestinationPort);
    }

    /// <summary>The header of the sender's own connection.</summary>
    public static ReadOnlySpan<byte> Local => "\r\n\r\n\0\r\nQUIT\n\x20\0\0\0"u8;

    /// <summary>Adds an extension.</summary>
    public void Add(TlvType type, scoped ReadOnlySpan<byte> value) => _length += new Tlv(type, value).WriteTo(_into[_length..]);

    /// <summary>Begins an extension <see cref="TlvType.Ssl"/>: what is added until <see cref="EndSsl"/> is within it.</summary>
    public void BeginSsl(byte flags, bool isVerified)
    {
        _ssl = _length;
        Span<byte> head = stackalloc byte[SslTlv.HeadLength];
        head[0] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(head[1..], isVerified ? 0u : 1u);
        Add(TlvType.Ssl, head);
    }

    /// <summary>Ends the extension <see cref="TlvType.Ssl"/>.</summary>
    public readonly void EndSsl() => BinaryPrimitives.WriteUInt16BigEndian(_into[(_ssl + 1)..], (ushort)(_length - _ssl - Tlv.HeadLength));

    /// <summary>Writes the length, and returns that of the whole header.</summary>
    /// <param name="withChecksum">Whether a checksum is added.</param>
    public int Finish(bool withChecksum = false)
    {
        if (withChecksum)
        {
            Add(TlvType.Crc32C, stackalloc byte[sizeof(uint)]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(_into[LengthAt..], (ushort)(_length - BinaryHeader.FixedLength));
        if (withChecksum)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_into[(_length - sizeof(uint))..], Crc32C.Around(_into[..(_length - sizeof(uint))], []));
        }

        return _length;
    }

    private void Add(UInt128 address, bool isIPv4)
    {
        if (isIPv4)
        {
            BinaryPrimitives.WriteUInt32BigEndian(_into[_length..], (uint)address);
            _length += sizeof(uint);
        }
        else
        {
            BinaryPrimitives.WriteUInt128BigEndian(_into[_length..], address);
            _length += 16;
        }
    }

    private void Add(ushort port)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_into[_length..], port);
        _length += sizeof(ushort);
    }
}
