namespace HaProxyNet.Control.Documents;

/// <summary>An open connection in <c>/api/v1/sessions</c>.</summary>
/// <param name="Client">The client's address and port.</param>
/// <param name="Listener">The listener that accepted it.</param>
/// <param name="Cluster">The cluster that serves it; none before it is routed.</param>
/// <param name="Destination">The destination it is open on, or is being connected to; none before.</param>
/// <param name="State"><c>open</c>, or <c>connecting</c> before a destination has accepted.</param>
/// <param name="Since">When the client was accepted.</param>
/// <param name="Seconds">How long ago that is.</param>
/// <param name="BytesIn">Bytes from the client so far.</param>
/// <param name="BytesOut">Bytes to the client so far.</param>
/// <param name="AckedIn">Of the bytes from the client, those that the destination's system has acknowledged; null: unknown.</param>
/// <param name="AckedOut">Of the bytes to the client, those that the client's system has acknowledged; null: unknown.</param>
/// <param name="QuietSeconds">For how long no byte has passed.</param>
public sealed record SessionEntry(
    string Client,
    string Listener,
    string? Cluster,
    string? Destination,
    string State,
    DateTimeOffset Since,
    double Seconds,
    long BytesIn,
    long BytesOut,
    long? AckedIn,
    long? AckedOut,
    double QuietSeconds)
{
    /// <summary>The load balancer that has introduced the client by a PROXY header; null: the client is the peer.</summary>
    public string? Peer { get; init; }

    /// <summary>The process that has it, where an upgrade has left it with the process before; null: the one that answers.</summary>
    public int? Process { get; init; }
}
