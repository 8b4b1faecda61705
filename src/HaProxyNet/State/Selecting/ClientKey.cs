using System.Buffers.Binary;
using System.Net;

namespace HaProxyNet.State.Selecting;

/// <summary>A client's address as one number; an IPv4 address is the same whether it came over IPv4 or mapped into IPv6.</summary>
internal readonly record struct ClientKey(UInt128 Address)
{
    /// <summary>The constants of FNV-1a with 64 bits.</summary>
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    public static ClientKey From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        (address.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6 ? address : address.MapToIPv6()).TryWriteBytes(
            bytes, out _);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The rank of a destination for this client: the same on every machine and in every run.</summary>
    public ulong RankOf(string destination)
    {
        var hash = OffsetBasis;
        foreach (var c in destination)
        {
            hash = (hash ^ char.ToLowerInvariant(c)) * Prime;
        }

        hash = Mix(hash ^ (ulong)(Address >> 64));
        return Mix(hash ^ (ulong)Address);
    }

    /// <summary>The finisher of MurmurHash3: without it neighbouring addresses would have neighbouring ranks.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
