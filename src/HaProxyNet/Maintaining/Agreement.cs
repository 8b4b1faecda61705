using HaProxyNet.State;

namespace HaProxyNet.Maintaining;

/// <summary>A set that is true to the lease, and what had to give way for that.</summary>
/// <param name="Set">The set.</param>
/// <param name="PutBack">The destination that was put back; null: none.</param>
/// <param name="Overruled">The decision that had taken it out.</param>
internal sealed record Agreement(MaintenanceSet Set, string? PutBack, MaintenanceDecision? Overruled)
{
    /// <summary>
    /// What two proxies, or a proxy and the store, know together: of each destination the later decision, and the lease over all of them.
    /// Pure.
    /// </summary>
    public static Agreement Merge(MaintenanceSet ours, MaintenanceSet theirs, IReadOnlyCollection<string> names)
        => Lease.Keep(ours.Latest(theirs), names);
}
