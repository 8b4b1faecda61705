namespace HaProxyNet.Server.Incident;

/// <summary>Attempts or probes at one address that failed in the same way.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Address">The address.</param>
/// <param name="By"><c>connects for clients</c> or <c>probes</c>.</param>
/// <param name="Reason">How they failed, as in the metrics.</param>
/// <param name="Errno">The system's word for it; null: it has none.</param>
/// <param name="Count">How many are in the history; there may have been more.</param>
/// <param name="First">The first of them.</param>
/// <param name="Last">The last of them.</param>
/// <param name="LongestMs">The longest that one took, in milliseconds.</param>
internal sealed record EvidenceGroup(
    string Cluster,
    string Destination,
    string Address,
    string By,
    string Reason,
    string? Errno,
    int Count,
    DateTimeOffset First,
    DateTimeOffset Last,
    double LongestMs);
