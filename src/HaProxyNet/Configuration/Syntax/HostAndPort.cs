using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>The syntax that endpoints and addresses share: <c>HOST:PORT</c>, an IPv6 address in brackets.</summary>
internal static class HostAndPort
{
    public static bool TrySplit(string? text, out string host, out int port, [NotNullWhen(false)] out string? problem)
    {
        host = "";
        port = 0;
        problem = Problem(text, ref host, ref port);
        return problem is null;
    }

    /// <summary>An IPv4 address as four decimal numbers (no octal, no short forms) or an IPv6 address.</summary>
    public static bool TryParseAddress(string text, [NotNullWhen(true)] out IPAddress? address) =>
        IPAddress.TryParse(text, out address) &&
        (address.AddressFamily == AddressFamily.InterNetworkV6 || string.Equals(address.ToString(), text, StringComparison.Ordinal));

    /// <summary>
    /// An address that a socket is bound or connected to. IPv4 written as IPv6 (<c>::ffff:10.0.0.4</c>) is IPv4: one machine has one form,
    /// so that two of them compare equal.
    /// </summary>
    public static bool TryParseSocketAddress(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (!TryParseAddress(text, out address))
        {
            return false;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return true;
    }

    /// <summary>What is wrong with an address as the place of one machine; null when nothing is.</summary>
    public static string? GroupProblemOf(IPAddress address)
    {
        var isMulticast = address.AddressFamily == AddressFamily.InterNetwork
            ? (address.GetAddressBytes()[0] & 0xF0) == 0xE0
            : address.IsIPv6Multicast;
        return isMulticast ? $"'{address}' is a multicast address"
            : address.Equals(IPAddress.Broadcast) ? $"'{address}' is no single machine's address"
            : null;
    }

    private static string? Problem(string? text, ref string host, ref int port)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "is missing";
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return $"'{text}' is a URL";
        }

        var colon = text.LastIndexOf(':');
        var bracketed = text.StartsWith('[');
        var end = bracketed ? text.IndexOf(']', StringComparison.Ordinal) : colon;
        if (bracketed && end < 0)
        {
            return $"'{text}' has no closing bracket";
        }

        if (!bracketed && colon != text.IndexOf(':', StringComparison.Ordinal))
        {
            return IPAddress.TryParse(text, out _)
                ? $"'{text}' is an IPv6 address without brackets, so it has no port"
                : $"'{text}' has more than one colon";
        }

        if (colon < 0 || colon < end)
        {
            return $"'{text}' has no port";
        }

        host = bracketed ? text[1..end] : text[..end];
        if (bracketed && (colon != end + 1 || !host.Contains(':', StringComparison.Ordinal)))
        {
            return $"'{text}' is not an IPv6 address in brackets and a port";
        }

        if (host.Length == 0)
        {
            return $"'{text}' has no host";
        }

        return Port(text[(colon + 1)..], text, ref port);
    }

    private static string? Port(string digits, string text, ref int port)
    {
        if (digits.Length == 0)
        {
            return $"'{text}' has no port";
        }

        return ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Accept(number, ref port)
            : $"'{digits}' is not a port";
    }

    private static string? Accept(ushort number, ref int port)
    {
        port = number;
        return null;
    }
}
