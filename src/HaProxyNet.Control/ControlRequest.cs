using System.Text.Json.Serialization;

namespace HaProxyNet.Control;

/// <summary>
/// What a command asks of the proxy: one line of JSON. A key that is not known is a fault, so that none is ignored in silence.
/// </summary>
/// <param name="Command">One of <see cref="ControlVerbs"/>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ControlRequest(string Command)
{
    /// <summary>The cluster that is meant.</summary>
    public string? Cluster { get; init; }

    /// <summary>The destination that is meant.</summary>
    public string? Destination { get; init; }

    /// <summary><c>drain</c> and <c>disable</c>: take it out even if it is the last one in service; null: no.</summary>
    public bool? Force { get; init; }

    /// <summary><c>explain</c>: the listener.</summary>
    public string? Listener { get; init; }

    /// <summary><c>explain</c>: the client's address.</summary>
    public string? Client { get; init; }

    /// <summary><c>explain</c>: the server name that the client asks for.</summary>
    public string? ServerName { get; init; }

    /// <summary><c>upgrade</c>: the executable to start; null: the one that runs, or what stands in its place by now.</summary>
    public string? Binary { get; init; }
}
