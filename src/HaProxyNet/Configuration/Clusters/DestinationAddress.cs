using System.Diagnostics.CodeAnalysis;
using System.Net;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>
/// Where a destination is: a host name or an IP address, and a port. Immutable; equal when host (in any case) and port are.
/// </summary>
internal sealed record DestinationAddress
{
    /// <summary>What may stand in the configuration.</summary>
    internal const string Allowed =
        "a host name or IP address and a port from 1 to 65535, such as iqs1.corp.example:5050, 10.0.0.4:5050 or [fd00::4]:5050";

    private readonly IPAddress? _ip;

    private DestinationAddress(string host, int port, IPAddress? ip)
    {
        Host = host;
        Port = port;
        _ip = ip;
    }

    /// <summary>The host name in lower case, or the IP address without brackets.</summary>
    public string Host { get; }

    /// <summary>The port, 1 to 65535.</summary>
    public int Port { get; }

    /// <summary>Whether the host is an IP address, so that nothing has to be resolved.</summary>
    [MemberNotNullWhen(true, nameof(_ip), nameof(IP))]
    public bool IsIPAddress => _ip is not null;

    /// <summary>The host as an IP address; null when it is a name.</summary>
    public IPAddress? IP => _ip;

    /// <summary>The same place without the dot of the root: for comparing, not for asking a resolver.</summary>
    public DestinationAddress WithoutDot => new(HostName.WithoutDot(Host), Port, _ip);

    /// <summary>Reads an address that is known to be valid.</summary>
    /// <exception cref="FormatException">It is not; the message says why.</exception>
    public static DestinationAddress Parse(string text) =>
        TryParse(text, out var address, out var problem) ? address : throw new FormatException($"{problem}; {Allowed}");

    /// <summary>Reads an address.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DestinationAddress? address) =>
        TryParse(text, out address, out _);

    /// <summary>The form that <see cref="Parse"/> reads, an IPv6 address in brackets.</summary>
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    /// <summary>Reads an address, or says what is wrong with it.</summary>
    internal static bool TryParse(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out DestinationAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        if (!HostAndPort.TrySplit(text, out var host, out var port, out problem))
        {
            return false;
        }

        var isIP = HostAndPort.TryParseSocketAddress(host, out var ip);
        problem = port == 0 ? "port 0 cannot be connected to" : isIP ? ProblemOf(ip!) : HostName.ProblemOf(host);
        if (problem is not null)
        {
            return false;
        }

        address = isIP ? new DestinationAddress(ip!.ToString(), port, ip) : new DestinationAddress(host.ToLowerInvariant(), port, ip: null);
        return true;
    }

    private static string? ProblemOf(IPAddress ip) =>
        ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)
            ? $"'{ip}' is no single machine's address"
            : HostAndPort.GroupProblemOf(ip);
}
