namespace HaProxyNet.Control.Documents;

/// <summary>A destination in <c>/api/v1/status</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Host and port as configured.</param>
/// <param name="Resolved">The addresses that the host resolved to.</param>
/// <param name="State"><c>up</c>, <c>suspect</c> or <c>down</c>; <c>draining</c> or <c>disabled</c> when an operator has taken it
/// out.</param>
/// <param name="Health">What was seen of it last, whatever an operator has set: <c>up</c>, <c>suspect</c> or <c>down</c>.</param>
/// <param name="Reason">Why its health is so.</param>
/// <param name="Detail">What is behind that word, where there is more to say: why the TLS handshake with it fails.</param>
/// <param name="SecondsInState">For how long its health is so.</param>
/// <param name="Active">Whether new connections go to it.</param>
/// <param name="LastProven">When it last accepted a connection or a probe.</param>
/// <param name="Connections">Connections open now.</param>
/// <param name="HedgeAfter">How long its answer is waited for now before the next destination is tried as well, in seconds; 0: to the
/// end.</param>
public sealed record DestinationStatusEntry(
    string Name,
    string Address,
    IReadOnlyList<string> Resolved,
    string State,
    string Health,
    string Reason,
    string? Detail,
    double SecondsInState,
    bool Active,
    DateTimeOffset? LastProven,
    long Connections,
    double HedgeAfter)
{
    /// <summary>How an operator has taken it out: <c>drained on proxy1 by uid 0 at 2026-11-30 12:00:03Z</c>; null: nobody has.</summary>
    public string? TakenOut { get; init; }
}
