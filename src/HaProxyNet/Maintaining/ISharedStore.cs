namespace HaProxyNet.Maintaining;

/// <summary>A store that other proxies write as well.</summary>
internal interface ISharedStore : IMaintenanceStore
{
    /// <summary>Reads the sets of all clusters at once.</summary>
    /// <exception cref="StoreAwayException">The store does not answer.</exception>
    Task<IReadOnlyDictionary<string, StoredSet>> ReadAllAsync(CancellationToken stop);

    /// <summary>Calls back at each change, until the store ends that or is away. It is a hint: what has changed must be read.</summary>
    /// <exception cref="StoreAwayException">The store does not answer, or has ended it.</exception>
    Task WatchAsync(Action changed, CancellationToken stop);
}
