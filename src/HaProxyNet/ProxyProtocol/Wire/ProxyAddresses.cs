using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>
/// The two ends of a client's connection, as a header tells them. IPv4 is kept in its IPv4-mapped IPv6 form. Allocates nothing.
/// </summary>
/// <param name="Source">The client's address.</param>
/// <param name="SourcePort">The client's port.</param>
/// <param name="Destination">The address that the client connected to.</param>
/// <param name="DestinationPort">The port that the client connected to.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProxyAddresses(UInt128 Source, ushort SourcePort, UInt128 Destination, ushort DestinationPort)
{
    /// <summary>What stands before the 32 bits of an IPv4 address in its IPv4-mapped form (RFC 4291, 2.5.5.2).</summary>
    private static readonly UInt128 _mapped = new(0, 0xFFFF_0000_0000);

    /// <summary>Whether both ends are IPv4; a header has one family for both.</summary>
    public bool IsIPv4 => IsMapped(Source) && IsMapped(Destination);

    /// <summary>The client.</summary>
    public IPEndPoint Client => ToEndPoint(Source, SourcePort);

    /// <summary>What the client connected to.</summary>
    public IPEndPoint Target => ToEndPoint(Destination, DestinationPort);

    /// <summary>The addresses of a connection.</summary>
    public static ProxyAddresses Of(IPEndPoint client, IPEndPoint target)
        => new(ToBits(client.Address), (ushort)client.Port, ToBits(target.Address), (ushort)target.Port);

    /// <summary>An IPv4 address, from its 32 bits.</summary>
    public static UInt128 FromIPv4(uint address) => _mapped | address;

    /// <summary>Whether it is an IPv4 address.</summary>
    public static bool IsMapped(UInt128 address) => address >> 32 == _mapped >> 32;

    private static IPEndPoint ToEndPoint(UInt128 address, ushort port)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, address);
        return new IPEndPoint(new IPAddress(IsMapped(address) ? bytes[12..] : bytes), port);
    }

    private static UInt128 ToBits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? FromIPv4(BinaryPrimitives.ReadUInt32BigEndian(bytes))
            : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }
}
