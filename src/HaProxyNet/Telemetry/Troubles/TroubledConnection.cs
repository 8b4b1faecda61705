namespace HaProxyNet.Telemetry.Troubles;

/// <summary>A connection whose client did not get what it asked for, or cannot know whether it did.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Client">The client's address and port.</param>
/// <param name="Listener">The listener that accepted it.</param>
/// <param name="Cluster">The cluster; empty before it was routed.</param>
/// <param name="Destination">The destination; empty when none accepted.</param>
/// <param name="Outcome">How it ended, as in the log.</param>
/// <param name="BytesIn">Bytes from the client that were sent on to the destination.</param>
/// <param name="BytesOut">Bytes of the destination's answer that were sent on to the client.</param>
/// <param name="WaitMs">How long the client waited for a destination, in milliseconds.</param>
/// <param name="LastedMs">How long the connection lasted, in milliseconds.</param>
public sealed record TroubledConnection(
    DateTimeOffset At,
    string Client,
    string Listener,
    string Cluster,
    string Destination,
    string Outcome,
    long BytesIn,
    long BytesOut,
    double WaitMs,
    double LastedMs)
{
    /// <summary>The destination had got bytes of the client: whether it did what they ask is not known.</summary>
    public bool IsUnknown { get; init; }

    /// <summary>Bytes that the destination's kernel has acknowledged; null: the system does not say.</summary>
    public long? AckedIn { get; init; }

    /// <summary>Bytes that the client's kernel has acknowledged; null: the system does not say.</summary>
    public long? AckedOut { get; init; }
}
