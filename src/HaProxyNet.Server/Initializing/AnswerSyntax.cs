using System.Globalization;
using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Server.Initializing;

/// <summary>Reads answers, by the rules of the configuration.</summary>
internal static class AnswerSyntax
{
    /// <summary>The answer that stands for "there is no second agent".</summary>
    public const string NoAgent = "none";

    /// <summary>A host name that clients can connect to.</summary>
    public static (string Value, string? Problem) ServerName(string answer)
    {
        var problem =
            IPAddress.TryParse(answer, out _) ? $"'{answer}' is an address, and clients connect to a name" : HostName.ProblemOf(answer);
        return (answer, problem is null ? null : $"{problem}; the full name, such as iqservice.corp.example");
    }

    /// <summary>Whether there is TLS.</summary>
    public static (TlsMode Value, string? Problem) Tls(string answer) => answer.ToUpperInvariant() switch
    {
        "PASSTHROUGH" or "YES" or "Y" => (TlsMode.Passthrough, null),
        "NONE" or "NO" or "N" => (TlsMode.None, null),
        "TERMINATE" => (
            TlsMode.None,
            "Terminate needs a certificate, for which init does not ask; Passthrough or None, and docs/tls.md says how to go on"),
        _ => (TlsMode.None, $"'{answer}' is not a mode of TLS; Passthrough or None"),
    };

    /// <summary>An endpoint that the proxy can listen on.</summary>
    public static (string Value, string? Problem) Listen(string answer)
        => ListenEndPoint.TryParse(answer, out _, out var problem) ? (answer, null) : (answer, $"{problem}; {ListenEndPoint.Allowed}");

    /// <summary>An agent; without a port, it is the usual one.</summary>
    /// <param name="answer">What was answered.</param>
    /// <param name="port">The usual port.</param>
    /// <param name="serverName">The name that clients connect to: it leads to the proxy, so it is no agent's.</param>
    public static (DestinationAddress? Value, string? Problem) Agent(string answer, int port, string serverName)
    {
        var text = HasPort(answer) ? answer : string.Create(CultureInfo.InvariantCulture, $"{answer}:{port}");
        return !DestinationAddress.TryParse(text, out var address, out var problem)
            ? (null, $"{problem}; {DestinationAddress.Allowed}")
            : HostName.WithoutDot(address.Host).Equals(HostName.WithoutDot(serverName), StringComparison.OrdinalIgnoreCase)
                ? (null, $"'{answer}' is the name that clients connect to, and leads to this proxy; the agent's own name or address")
                : (address, null);
    }

    /// <summary>The second agent: another one than the first, or none.</summary>
    public static (DestinationAddress? Value, string? Problem) OtherAgent(
        string answer,
        int port,
        string serverName,
        DestinationAddress primary)
    {
        if (answer.Equals(NoAgent, StringComparison.OrdinalIgnoreCase))
        {
            return (null, null);
        }

        var (address, problem) = Agent(answer, port, serverName);
        return primary.Equals(address) ? (null, $"'{answer}' is the primary; another agent, or {NoAgent}") : (address, problem);
    }

    private static bool HasPort(string answer)
        => answer.Length == 0 || (answer.Contains(':', StringComparison.Ordinal) && !(answer.StartsWith('[') && answer.EndsWith(']')));
}
