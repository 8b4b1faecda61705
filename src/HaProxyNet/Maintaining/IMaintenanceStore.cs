namespace HaProxyNet.Maintaining;

/// <summary>
/// Where it is kept which destinations operators have taken out: one set a cluster, replaced by compare-and-swap. Two proxies that share a
/// store therefore never both take the last destination. Any thread.
/// </summary>
internal interface IMaintenanceStore
{
    /// <summary>Reads the set of a cluster.</summary>
    /// <exception cref="StoreAwayException">The store does not answer, or holds something else there.</exception>
    Task<StoredSet> ReadAsync(string cluster, CancellationToken stop);

    /// <summary>Replaces the set of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="next">The new set.</param>
    /// <param name="revision">What the set was read with.</param>
    /// <param name="stop">Ends it; whether it was replaced is not known then.</param>
    /// <returns>Whether it was replaced: false when somebody else was first.</returns>
    /// <exception cref="StoreAwayException">The store does not answer; it may have replaced the set all the same.</exception>
    Task<bool> TryReplaceAsync(string cluster, MaintenanceSet next, long revision, CancellationToken stop);
}
