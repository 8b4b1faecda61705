using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>A sockaddr_in or sockaddr_in6 as the kernel reads and writes it; no object is made until someone wants to see it.</summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct RawAddress : IEquatable<RawAddress>
{
    /// <summary>The size of sockaddr_in6, the larger of the two.</summary>
    public const int Size = 28;

    private const int IPv4Length = 16;

    private fixed byte _bytes[Size];

    /// <summary>The length of the address in use.</summary>
    public readonly uint Length => Family == Linux.FamilyIPv6 ? Size : (uint)IPv4Length;

    /// <summary>AF_INET or AF_INET6; 0 for an address that was never filled in.</summary>
    public readonly int Family
    {
        get
        {
            fixed (byte* p = _bytes)
            {
                return *(ushort*)p;
            }
        }
    }

    /// <summary>The port.</summary>
    public readonly int Port
    {
        get
        {
            fixed (byte* p = _bytes)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(new ReadOnlySpan<byte>(p + 2, 2));
            }
        }
    }

    /// <summary>The kernel's form of an address.</summary>
    public static RawAddress From(IPEndPoint endPoint)
    {
        var raw = default(RawAddress);
        var bytes = new Span<byte>(raw._bytes, Size);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], (ushort)endPoint.Port);
        if (endPoint.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6)
        {
            MemoryMarshal.Write(bytes, (ushort)Linux.FamilyIPv6);
            endPoint.Address.TryWriteBytes(bytes[8..], out _);
            MemoryMarshal.Write(bytes[24..], (uint)endPoint.Address.ScopeId);
        }
        else
        {
            MemoryMarshal.Write(bytes, (ushort)Linux.FamilyIPv4);
            endPoint.Address.TryWriteBytes(bytes[4..], out _);
        }

        return raw;
    }

    /// <summary>Whether address and port are the same.</summary>
    public readonly bool Equals(RawAddress other)
    {
        fixed (byte* p = _bytes)
        {
            return new ReadOnlySpan<byte>(p, Size).SequenceEqual(new ReadOnlySpan<byte>(other._bytes, Size));
        }
    }

    public override readonly bool Equals(object? obj) => obj is RawAddress other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(Family, Port);

    /// <summary>What is kept of it: all but the flow label of an IPv6 address.</summary>
    public readonly PeerAddress ToPeer()
    {
        fixed (byte* p = _bytes)
        {
            var bytes = new ReadOnlySpan<byte>(p, Size);
            return Family switch
            {
                Linux.FamilyIPv6 => new PeerAddress(bytes.Slice(8, 16), MemoryMarshal.Read<uint>(bytes[24..]), Port),
                Linux.FamilyIPv4 => new PeerAddress(bytes.Slice(4, 4), scope: 0, Port),
                _ => default,
            };
        }
    }

    /// <inheritdoc cref="PeerAddress.ToEndPoint"/>
    public readonly IPEndPoint ToEndPoint() => ToPeer().ToEndPoint();
}
