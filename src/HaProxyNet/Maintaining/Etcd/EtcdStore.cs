using HaProxyNet.Configuration;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>
/// The store in etcd: one key a cluster, whose value is its whole set. It speaks the JSON form of etcd's own API: a client library brings
/// Protocol
/// Buffers and gRPC into the executable for four requests, and is not ready for Native AOT.
/// </summary>
internal sealed class EtcdStore(ProxyOptions options, TimeProvider time) : ISharedStore, IDisposable
{
    private readonly EtcdConnection _connection = new(options, time);
    private readonly string _prefix = $"{options.Maintenance.Etcd.Prefix}{options.Maintenance.Name}/clusters/";

    public async Task<IReadOnlyDictionary<string, StoredSet>> ReadAllAsync(CancellationToken stop)
    {
        var entries = EtcdAnswers.Entries(await _connection.AskAsync("/v3/kv/range", EtcdRequests.RangeOfPrefix(_prefix), stop));
        return entries
            .Where(entry => entry.Key.StartsWith(_prefix, StringComparison.Ordinal))
            .Where(entry => entry.Key == KeyOf(entry.Key[_prefix.Length..]))
            .ToDictionary(entry => entry.Key[_prefix.Length..], Read, StringComparer.OrdinalIgnoreCase);
    }

    public async Task<StoredSet> ReadAsync(string cluster, CancellationToken stop)
        => EtcdAnswers.Entries(await _connection.AskAsync("/v3/kv/range", EtcdRequests.Range(KeyOf(cluster)), stop)) is [var entry, ..]
            ? Read(entry)
            : StoredSet.Nothing;

    public async Task<bool> TryReplaceAsync(string cluster, MaintenanceSet next, long revision, CancellationToken stop)
        => EtcdAnswers.HasSwapped(
            await _connection.AskAsync("/v3/kv/txn", EtcdRequests.Swap(KeyOf(cluster), StoredDocument.Write(next), revision), stop));

    public Task WatchAsync(Action changed, CancellationToken stop)
        => _connection.FollowAsync("/v3/watch", EtcdRequests.WatchOfPrefix(_prefix), changed, stop);

    public void Dispose() => _connection.Dispose();

    private static StoredSet Read(EtcdEntry entry)
        => StoredDocument.Read(entry.Value, out var problem) is { } set
            ? new StoredSet(set, entry.Revision)
            : new StoredSet(MaintenanceSet.Empty, entry.Revision, $"its key {entry.Key} {problem}");

    /// <summary>Names of clusters do not tell upper from lower case; keys do: one with upper case is somebody else's.</summary>
    private string KeyOf(string cluster) => _prefix + cluster.ToLowerInvariant();
}
