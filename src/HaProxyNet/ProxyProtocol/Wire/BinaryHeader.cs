using System.Buffers.Binary;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Version 2: a signature, command, family, length; then the addresses and the extensions. Pure.</summary>
internal static class BinaryHeader
{
    /// <summary>The first byte of <see cref="Signature"/>.</summary>
    public const byte FirstByte = (byte)'\r';

    /// <summary>The length of <see cref="Signature"/>.</summary>
    public const int SignatureLength = 12;

    /// <summary>What stands before the addresses: signature, command, family, length.</summary>
    public const int FixedLength = 16;

    /// <summary>The address families and the transport in the byte behind the command.</summary>
    public const int FamilyIPv4 = 0x10;
    public const int FamilyIPv6 = 0x20;
    public const int TransportStream = 0x01;

    /// <summary>The version and the command.</summary>
    public const byte Proxy = 0x21;
    public const byte Local = 0x20;

    private const int VersionBits = 0xF0;
    private const int Version2 = 0x20;
    private const int FamilyUnspecified = 0x00;
    private const int FamilyUnix = 0x30;
    private const int MostTransport = 0x02;

    /// <summary>The bytes of two addresses and two ports, or of two paths.</summary>
    private const int LengthIPv4 = 12;
    private const int LengthIPv6 = 36;
    private const int LengthUnix = 216;

    /// <summary>What a header begins with: no other protocol's first bytes.</summary>
    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Reads bytes that begin as the signature does.</summary>
    public static ProxyHeaderResult Parse(ReadOnlySpan<byte> wire)
    {
        if (ProxyHeaderParser.Begins(wire, Signature) is not true and var begins)
        {
            return begins is null ? ProxyHeaderResult.NeedMore(wire.Length + 1) : ProxyHeaderResult.None;
        }

        if (wire.Length < FixedLength)
        {
            return ProxyHeaderResult.NeedMore(FixedLength);
        }

        var (command, family, length) = (wire[12], wire[13], FixedLength + BinaryPrimitives.ReadUInt16BigEndian(wire[14..]));
        if ((command & VersionBits) != Version2)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Version);
        }

        if (command is not (Proxy or Local))
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Command);
        }

        if (length > ProxyHeaderParser.MostBytes)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.TooLong);
        }

        if (command is Local)
        {
            // The rest of it is to be skipped, whatever it is.
            return wire.Length < length ? ProxyHeaderResult.NeedMore(length)
                : ProxyHeaderResult.Complete(new(2, ProxyCommand.Local, Addresses: null, length, length));
        }

        if (LengthOf(family) is not { } addresses)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Family);
        }

        if (FixedLength + addresses > length)
        {
            return ProxyHeaderResult.Invalid(ProxyHeaderFault.Length);
        }

        return wire.Length < length ? ProxyHeaderResult.NeedMore(length) : Read(wire[..length], family, addresses);
    }

    /// <summary>The bytes of the addresses of a family; null: the family or the transport is not known.</summary>
    private static int? LengthOf(byte family) => (family & 0x0F) > MostTransport ? null : (family & 0xF0) switch
    {
        FamilyUnspecified => 0,
        FamilyIPv4 => LengthIPv4,
        FamilyIPv6 => LengthIPv6,
        FamilyUnix => LengthUnix,
        _ => null,
    };

    private static ProxyHeaderResult Read(ReadOnlySpan<byte> header, byte family, int addresses)
    {
        // What follows an unspecified family need not be extensions.
        var tlvs = (family & 0xF0) is FamilyUnspecified ? header.Length : FixedLength + addresses;
        var fault = TlvReader.FaultOf(header, tlvs);
        return fault is not ProxyHeaderFault.None
            ? ProxyHeaderResult.Invalid(fault)
            : ProxyHeaderResult.Complete(new(2, ProxyCommand.Proxy, Addresses(header[FixedLength..], family), header.Length, tlvs));
    }

    private static ProxyAddresses? Addresses(ReadOnlySpan<byte> bytes, byte family) => family switch
    {
        FamilyIPv4 | TransportStream => new(
            ProxyAddresses.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]),
            ProxyAddresses.FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[10..])),
        FamilyIPv6 | TransportStream => new(
            BinaryPrimitives.ReadUInt128BigEndian(bytes),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[32..]),
            BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[34..])),
        _ => null,
    };
}
