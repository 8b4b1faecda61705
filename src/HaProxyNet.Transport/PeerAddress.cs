using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport;

/// <summary>
/// A peer's address and port without an object: so each idle connection is small, and its log lines cost no address of .NET's.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct PeerAddress : IUtf8SpanFormattable
{
    private const int IPv4Length = 4;
    private const int IPv6Length = 16;

    private readonly ulong _high;
    private readonly ulong _low;
    private readonly uint _scope;
    private readonly ushort _port;
    private readonly bool _isIPv6;

    /// <summary>From an address's bytes, as they go over the wire.</summary>
    public PeerAddress(ReadOnlySpan<byte> address, uint scope, int port)
    {
        (_scope, _port, _isIPv6) = (scope, (ushort)port, address.Length == IPv6Length);
        _high = _isIPv6 ? MemoryMarshal.Read<ulong>(address) : MemoryMarshal.Read<uint>(address);
        _low = _isIPv6 ? MemoryMarshal.Read<ulong>(address[sizeof(ulong)..]) : 0;
    }

    /// <summary>The port.</summary>
    public int Port => _port;

    /// <summary>From the form that .NET shows.</summary>
    public static PeerAddress Of(IPEndPoint endPoint)
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        var (address, isIPv6) = (endPoint.Address, endPoint.AddressFamily is AddressFamily.InterNetworkV6);
        address.TryWriteBytes(bytes, out var length);
        return new PeerAddress(bytes[..length], isIPv6 ? (uint)address.ScopeId : 0, endPoint.Port);
    }

    /// <summary>Whether it is this address and port, at whichever link.</summary>
    public bool Is(PeerAddress other)
        => _high == other._high && _low == other._low && _port == other._port && _isIPv6 == other._isIPv6;

    /// <summary>The address as .NET shows it; 0.0.0.0:0 when it was never filled in.</summary>
    public IPEndPoint ToEndPoint()
    {
        Span<byte> bytes = stackalloc byte[IPv6Length];
        MemoryMarshal.Write(bytes, _high);
        MemoryMarshal.Write(bytes[sizeof(ulong)..], _low);
        return new IPEndPoint(_isIPv6 ? new IPAddress(bytes, _scope) : new IPAddress((uint)_high), _port);
    }

    /// <summary>Writes address and port, an IPv6 address in brackets.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
    {
        var written = 0;
        var isWhole = (_isIPv6 ? TryWriteIPv6(utf8Destination, ref written) : TryWriteIPv4(utf8Destination, ref written))
            && TryWrite(utf8Destination, _port, ref written);
        bytesWritten = isWhole ? written : 0;
        return isWhole;
    }

    public override string ToString() => ToEndPoint().ToString();

    /// <summary>The same text.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider) => ToString();

    private bool TryWriteIPv4(Span<byte> room, ref int written)
    {
        Span<byte> parts = stackalloc byte[IPv4Length];
        MemoryMarshal.Write(parts, (uint)_high);
        for (var part = 0; part < IPv4Length; part++)
        {
            if (!TryWrite(room, parts[part], ref written) || written == room.Length)
            {
                return false;
            }

            room[written++] = part == IPv4Length - 1 ? (byte)':' : (byte)'.';
        }

        return true;
    }

    /// <summary>Its short form has more rules than are worth writing twice: .NET knows them, for two objects.</summary>
    private bool TryWriteIPv6(Span<byte> room, ref int written)
    {
        if (!"["u8.TryCopyTo(room)
            || !ToEndPoint().Address.TryFormat(room[1..], out var address)
            || !"]:"u8.TryCopyTo(room[(1 + address)..]))
        {
            return false;
        }

        written = "[]:".Length + address;
        return true;
    }

    private static bool TryWrite(Span<byte> room, int number, ref int written)
    {
        var fits = number.TryFormat(room[written..], out var digits, default, CultureInfo.InvariantCulture);
        written += digits;
        return fits;
    }
}
