namespace HaProxyNet.Control.Documents;

/// <summary>A cluster in <c>/api/v1/status</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Active">The destination that new connections go to; none while all are down.</param>
/// <param name="SwitchedTo">The destination that an operator has switched to; null: nobody did.</param>
/// <param name="LastSwitch">When that changed last.</param>
/// <param name="SecondsOnSecondary">How long another than the most preferred destination has been active, in all.</param>
/// <param name="Destinations">Its destinations, the primary first.</param>
public sealed record ClusterStatus(
    string Name,
    string? Active,
    string? SwitchedTo,
    DateTimeOffset? LastSwitch,
    double SecondsOnSecondary,
    IReadOnlyList<DestinationStatusEntry> Destinations);
