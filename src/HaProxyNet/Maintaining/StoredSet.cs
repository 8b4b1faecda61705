namespace HaProxyNet.Maintaining;

/// <summary>What a store has of a cluster.</summary>
/// <param name="Set">The set; empty where there is nothing.</param>
/// <param name="Revision">What it is replaced by compare-and-swap with; 0: there is nothing.</param>
/// <param name="Problem">Why what is there cannot be read, and must not be replaced; null: it can.</param>
internal sealed record StoredSet(MaintenanceSet Set, long Revision, string? Problem = null)
{
    /// <summary>There is nothing.</summary>
    public static StoredSet Nothing { get; } = new(MaintenanceSet.Empty, 0);
}
