using HaProxyNet.State;

namespace HaProxyNet.Maintaining;

/// <summary>
/// The store of a proxy that stands alone: what is in force is its truth, and the state file its copy, written when a change is in force.
/// Changes come one after the other, so nobody else is ever first.
/// </summary>
internal sealed class StateFileStore(ClusterDirectory clusters) : IMaintenanceStore
{
    public Task<StoredSet> ReadAsync(string cluster, CancellationToken stop)
        => Task.FromResult(clusters.Find(cluster) is { } found ? new StoredSet(MaintenanceSet.Of(found), 1) : StoredSet.Nothing);

    public Task<bool> TryReplaceAsync(string cluster, MaintenanceSet next, long revision, CancellationToken stop) => Task.FromResult(true);
}
