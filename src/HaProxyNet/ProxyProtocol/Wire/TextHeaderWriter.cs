using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text.Unicode;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Writes headers of version 1. Pure.</summary>
internal static class TextHeaderWriter
{
    /// <summary>The header of the sender's own connection.</summary>
    public static ReadOnlySpan<byte> Unknown => "PROXY UNKNOWN\r\n"u8;

    /// <summary>Writes a client's header, which has at most <see cref="TextHeader.MostBytes"/>; returns its length.</summary>
    public static int Write(Span<byte> into, in ProxyAddresses addresses)
    {
        var isIPv4 = addresses.IsIPv4;
        Utf8.TryWrite(
            into,
            CultureInfo.InvariantCulture,
            $"PROXY {(isIPv4 ? "TCP4" : "TCP6")} {Address(addresses.Source, isIPv4)} {Address(addresses.Destination, isIPv4)} "
                + $"{addresses.SourcePort} {addresses.DestinationPort}\r\n",
            out var written);
        return written;
    }

    /// <summary>In the family of the header; .NET writes an IPv4-mapped address as RFC 5952 has it.</summary>
    private static IPAddress Address(UInt128 bits, bool isIPv4)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new IPAddress(isIPv4 ? bytes[12..] : bytes);
    }
}
