using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>
/// The syntax of an endpoint to listen on: <c>0.0.0.0:5050</c>, <c>[::]:5050</c>, <c>127.0.0.1:5050</c>;
/// <c>*:5050</c> is <c>[::]:5050</c> (IPv4 and IPv6 alike; <c>0.0.0.0:5050</c> where the machine has no IPv6) and
/// <c>localhost:5050</c> is <c>127.0.0.1:5050</c>. Port 0 means any free port.
/// </summary>
internal static class ListenEndPoint
{
    /// <summary>What may stand in the configuration.</summary>
    internal const string Allowed =
        "an IP address and a port, such as 0.0.0.0:5050, [::]:5050, *:5050 or localhost:5050 (port 1 to 65535, or 0 for any free port)";

    /// <summary>Reads an endpoint that is known to be valid.</summary>
    /// <exception cref="FormatException">It is not; the message says why.</exception>
    public static IPEndPoint Parse(string text) =>
        TryParse(text, out var endPoint, out var problem) ? endPoint : throw new FormatException($"{problem}; {Allowed}");

    /// <summary>Reads an endpoint.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPEndPoint? endPoint) =>
        TryParse(text, out endPoint, out _);

    /// <summary>Reads an endpoint, or says what is wrong with it.</summary>
    internal static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out IPEndPoint? endPoint, [NotNullWhen(false)] out string? problem)
    {
        endPoint = null;
        if (text is not null
            && (text.StartsWith("udp:", StringComparison.OrdinalIgnoreCase) || text.EndsWith("/udp", StringComparison.OrdinalIgnoreCase)))
        {
            problem =
                $"'{text}' asks for UDP, and a listener takes TCP only; for RADIUS there is RadSec (TLS, port 2083), see samples/RadSec";
            return false;
        }

        if (!HostAndPort.TrySplit(text, out var host, out var port, out problem))
        {
            return false;
        }

        if (Address(host) is not { } address)
        {
            problem = $"'{host}' is not an IP address";
            return false;
        }

        if (HostAndPort.GroupProblemOf(address) is { } group)
        {
            problem = $"{group}: no connection arrives there";
            return false;
        }

        endPoint = new IPEndPoint(address, port);
        return true;
    }

    private static IPAddress? Address(string host) => host switch
    {
        "*" => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
        _ when host.Equals("localhost", StringComparison.OrdinalIgnoreCase) => IPAddress.Loopback,
        _ => HostAndPort.TryParseSocketAddress(host, out var address) ? address : null,
    };
}
