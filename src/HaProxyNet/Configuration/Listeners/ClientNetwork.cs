using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>
/// A network of clients. IPv4 is held in its IPv4-mapped IPv6 form, so that a client that reached a dual-mode socket is
/// compared without an allocation; an IPv6 network never contains an IPv4 client.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClientNetwork
{
    /// <summary>What may stand in the configuration.</summary>
    internal const string Allowed = "a network such as 10.0.0.0/8 or fd00::/8, or an address such as 10.0.0.5";

    private const int AddressBits = 128;
    private const int MappedBits = 96;

    private readonly UInt128 _network;
    private readonly UInt128 _mask;

    private ClientNetwork(UInt128 network, UInt128 mask)
    {
        _network = network;
        _mask = mask;
    }

    /// <summary>Whether the address belongs to the network; IPv4-mapped IPv6 addresses count as IPv4. Allocates nothing.</summary>
    public bool Contains(IPAddress address) => Contains(ToBits(address));

    internal bool Contains(UInt128 address) => (address & _mask) == _network && IsMapped(address) == IsMapped(_network);

    internal static UInt128 ToBits(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[AddressBits / 8];
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            _ = address.TryWriteBytes(bytes, out _);
        }
        else
        {
            bytes[..10].Clear();
            bytes[10..12].Fill(0xFF);
            _ = address.TryWriteBytes(bytes[12..], out _);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <summary>Reads a network, or says what is wrong with it.</summary>
    internal static bool TryParse([NotNullWhen(true)] string? text, out ClientNetwork network, [NotNullWhen(false)] out string? problem)
    {
        network = default;
        problem = "is empty";
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        problem = $"'{text}' is neither a network nor an IP address";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (!HostAndPort.TryParseAddress(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }

        var width = address.AddressFamily == AddressFamily.InterNetwork ? AddressBits - MappedBits : AddressBits;
        var prefix = width;
        if (slash >= 0 && !TryParsePrefix(text.AsSpan(slash + 1), width, out prefix))
        {
            problem = $"'{text[slash..]}' is not a prefix length from /0 to /{width}";
            return false;
        }

        var hostBits = width - prefix;
        var mask = hostBits == AddressBits ? UInt128.Zero : UInt128.MaxValue << hostBits;
        var bits = ToBits(address);
        if ((bits & ~mask) != UInt128.Zero)
        {
            problem = $"'{text}' has bits set behind its prefix: the network is {ToAddress(bits & mask, width)}/{prefix}";
            return false;
        }

        network = new ClientNetwork(bits, mask);
        problem = null;
        return true;
    }

    private static bool TryParsePrefix(ReadOnlySpan<char> digits, int width, out int prefix) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out prefix) && prefix <= width;

    private static bool IsMapped(UInt128 address) => address >> (AddressBits - MappedBits) == 0xFFFF;

    private static IPAddress ToAddress(UInt128 bits, int width)
    {
        Span<byte> bytes = stackalloc byte[AddressBits / 8];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, bits);
        return new IPAddress(bytes[^(width / 8)..]);
    }
}
