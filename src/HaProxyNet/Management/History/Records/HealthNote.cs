namespace HaProxyNet.Management.History.Records;

/// <summary>
/// What the proxy remembers of a destination that has failed: the hold-down grows with each relapse, across restarts as well.
/// </summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="IsDown">Whether it is down.</param>
/// <param name="Reason">Why.</param>
/// <param name="Relapses">How often in a row it has failed soon after a recovery.</param>
/// <param name="RecoveredAt">When it was last up again; null: never.</param>
internal sealed record HealthNote(
    string Cluster,
    string Destination,
    bool IsDown,
    string Reason,
    int Relapses,
    DateTimeOffset? RecoveredAt);
