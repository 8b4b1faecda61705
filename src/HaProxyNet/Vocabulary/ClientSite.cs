using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Vocabulary;

/// <summary>
/// Where a client is, for bounds that one client must not fill: its IPv4 address, or the /64 of its IPv6 address, of which a single machine
/// can use as many addresses as it likes (RFC 4291, 2.5.1). An IPv4 address is the same one in every form: on its own, mapped into IPv6, or
/// behind the prefix of a translator (64:ff9b::/96, RFC 6052).
/// </summary>
internal readonly record struct ClientSite(UInt128 Network)
{
    private const int HostBits = 64;

    /// <summary>::ffff:0:0 and 64:ff9b::, without their last 32 bits.</summary>
    private static readonly UInt128 _mapped = new(0, 0xFFFF);
    private static readonly UInt128 _translated = new(0x0064_FF9B, 0);

    /// <summary>The site of an address.</summary>
    public static ClientSite From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            address.TryWriteBytes(bytes, out _);
            return new(BinaryPrimitives.ReadUInt32BigEndian(bytes));
        }

        address.TryWriteBytes(bytes, out _);
        var bits = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        var prefix = bits >> 32;
        return new(prefix == _mapped || prefix == _translated ? (uint)bits : bits >> HostBits << HostBits);
    }
}
