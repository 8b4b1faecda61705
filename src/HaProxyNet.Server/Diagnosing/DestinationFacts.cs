namespace HaProxyNet.Server.Diagnosing;

/// <summary>What was found about one destination.</summary>
/// <param name="Case">The destination.</param>
/// <param name="Resolved">The addresses of its name.</param>
/// <param name="AcceptedAfter">How long it took to accept; null when it did not.</param>
/// <param name="Failure">Why it could not be reached; empty when it could.</param>
/// <param name="Handshake">The TLS handshake, where TLS is spoken and a connection came about.</param>
internal sealed record DestinationFacts(
    DestinationCase Case, IReadOnlyList<string> Resolved, TimeSpan? AcceptedAfter, string Failure, HandshakeFacts? Handshake)
{
    /// <summary>The listener of the proxy itself to which an address of it leads back; null: none. It was not connected then.</summary>
    public string? LeadsBackTo { get; init; }

    /// <summary>What the probes of its cluster saw; empty: they only ask whether it accepts.</summary>
    public IReadOnlyList<ProbeFacts> Probes { get; init; } = [];
}
