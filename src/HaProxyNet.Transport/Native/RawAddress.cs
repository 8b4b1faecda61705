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

    /// <summary>The first eight bytes of the address, or the four of an IPv4 address; not as a number, only to be put back.</summary>
    public readonly ulong High => Family == Linux.FamilyIPv6 ? Read<ulong>(8) : Read<uint>(4);

    /// <summary>The last eight bytes of an IPv6 address.</summary>
    public readonly ulong Low => Family == Linux.FamilyIPv6 ? Read<ulong>(16) : 0;

    /// <summary>The interface that an IPv6 address of one link belongs to.</summary>
    public readonly uint Scope => Family == Linux.FamilyIPv6 ? Read<uint>(24) : 0;

    /// <summary>The kernel's form of an address, from what its parts were.</summary>
    public static RawAddress From(ushort family, ushort port, ulong high, ulong low, uint scope)
    {
        var raw = default(RawAddress);
        var bytes = new Span<byte>(raw._bytes, Size);
        MemoryMarshal.Write(bytes, family);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], port);
        if (family == Linux.FamilyIPv6)
        {
            MemoryMarshal.Write(bytes[8..], high);
            MemoryMarshal.Write(bytes[16..], low);
            MemoryMarshal.Write(bytes[24..], scope);
        }
        else
        {
            MemoryMarshal.Write(bytes[4..], (uint)high);
        }

        return raw;
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

    private readonly T Read<T>(int at)
        where T : unmanaged
    {
        fixed (byte* p = _bytes)
        {
            return MemoryMarshal.Read<T>(new ReadOnlySpan<byte>(p + at, sizeof(T)));
        }
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

    /// <summary>The address as .NET shows it; 0.0.0.0:0 when it was never filled in.</summary>
    public readonly IPEndPoint ToEndPoint()
    {
        fixed (byte* p = _bytes)
        {
            var bytes = new ReadOnlySpan<byte>(p, Size);
            var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            return Family switch
            {
                Linux.FamilyIPv6 => new IPEndPoint(new IPAddress(bytes.Slice(8, 16), MemoryMarshal.Read<uint>(bytes[24..])), port),
                Linux.FamilyIPv4 => new IPEndPoint(new IPAddress(bytes.Slice(4, 4)), port),
                _ => new IPEndPoint(IPAddress.Any, 0),
            };
        }
    }
}
