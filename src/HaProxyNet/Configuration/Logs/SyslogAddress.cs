using System.Diagnostics.CodeAnalysis;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Logs;

/// <summary>Where a syslog server is.</summary>
/// <param name="Transport">How it is reached.</param>
/// <param name="Host">Its name or IP address; of a Unix socket the path.</param>
/// <param name="Port">Its port; 0 with a Unix socket.</param>
internal sealed record SyslogAddress(SyslogTransport Transport, string Host, int Port)
{
    /// <summary>The forms, in an operator's words.</summary>
    public const string Allowed = "udp://HOST:514, tcp://HOST:601, tls://HOST:6514, unix:/dev/log, or empty for none";

    private const int LongestUnixPath = 107;

    private static readonly (string Scheme, SyslogTransport Transport, int Port)[] _schemes =
        [("udp://", SyslogTransport.Udp, 514), ("tcp://", SyslogTransport.Tcp, 601), ("tls://", SyslogTransport.Tls, 6514)];

    /// <summary>Reads one; a port that is missing is that of the transport.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SyslogAddress? address, [NotNullWhen(false)] out string? problem)
    {
        (address, problem) = Parse(text);
        return address is not null;
    }

    /// <summary>As it is written in the configuration.</summary>
    public override string ToString()
        => Transport is SyslogTransport.Unix ? $"unix:{Host}" : $"{_schemes.First(s => s.Transport == Transport).Scheme}{Bracketed}:{Port}";

    private string Bracketed => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    private static (SyslogAddress?, string?) Parse(string text)
    {
        if (text.StartsWith("unix:", StringComparison.OrdinalIgnoreCase))
        {
            var path = text["unix:".Length..];
            return !path.StartsWith('/') ? (null, $"'{text}' has no absolute path")
                : path.Length > LongestUnixPath ? (null, $"'{text}' has a path of more than {LongestUnixPath} bytes")
                : (new(SyslogTransport.Unix, path, 0), null);
        }

        foreach (var (scheme, transport, port) in _schemes)
        {
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                return OfHost(transport, text[scheme.Length..], port);
            }
        }

        return (null, $"'{text}' does not begin with udp://, tcp://, tls:// or unix:");
    }

    private static (SyslogAddress?, string?) OfHost(SyslogTransport transport, string text, int usualPort)
    {
        var hasPort = text.StartsWith('[') ? text.Contains("]:", StringComparison.Ordinal) : text.Contains(':', StringComparison.Ordinal);
        if (!HostAndPort.TrySplit(hasPort ? text : $"{text}:{usualPort}", out var host, out var port, out var problem))
        {
            return (null, problem);
        }

        if (port == 0)
        {
            return (null, $"'{text}' has port 0");
        }

        return HostAndPort.TryParseAddress(host, out _) || HostName.ProblemOf(host) is not { } wrong
            ? (new(transport, host, port), null)
            : (null, wrong);
    }
}
