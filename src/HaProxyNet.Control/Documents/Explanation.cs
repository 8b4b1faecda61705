namespace HaProxyNet.Control.Documents;

/// <summary>What would become of a connection now.</summary>
/// <param name="Listener">The listener that it comes to.</param>
/// <param name="Cluster">The cluster that would serve it.</param>
/// <param name="Client">The client that was asked about; null: any.</param>
/// <param name="Destination">The destination that it would be tried with first; none when it would get none, or when that depends on the
/// client.</param>
/// <param name="Verdict">The answer in a sentence.</param>
/// <param name="Destinations">Every destination of the cluster: those that are tried, in that order, then the others.</param>
/// <param name="Notes">What else has a part in it.</param>
public sealed record Explanation(
    string Listener,
    string Cluster,
    string? Client,
    string? Destination,
    string Verdict,
    IReadOnlyList<DestinationExplanation> Destinations,
    IReadOnlyList<string> Notes);
