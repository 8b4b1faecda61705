using HaProxyNet.Maintaining;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>A shared store of one set. Answers of it can be lost, and its watch calls as often as it is told.</summary>
internal sealed class MemoryStore : ISharedStore
{
    private int _reads;

    public StoredSet Stored { get; set; } = StoredSet.Nothing;

    /// <summary>How many replacements are made without an answer: the repeated request finds that somebody was first.</summary>
    public int LostAnswers { get; set; }

    /// <summary>What happens in the moment after an answer was lost.</summary>
    public Action<MemoryStore> Meanwhile { get; set; } = _ => { };

    public Func<Action, CancellationToken, Task> Watch { get; set; } = (_, stop) => Task.Delay(Timeout.Infinite, stop);

    public int Reads => Volatile.Read(ref _reads);

    public Task<StoredSet> ReadAsync(string cluster, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        return Task.FromResult(Stored);
    }

    public Task<bool> TryReplaceAsync(string cluster, MaintenanceSet next, long revision, CancellationToken stop)
    {
        if (revision != Stored.Revision)
        {
            return Task.FromResult(false);
        }

        Stored = new(next, revision + 1);
        if (LostAnswers-- <= 0)
        {
            return Task.FromResult(true);
        }

        Meanwhile(this);
        return Task.FromResult(false);
    }

    public Task<IReadOnlyDictionary<string, StoredSet>> ReadAllAsync(CancellationToken stop)
    {
        Interlocked.Increment(ref _reads);
        return Task.FromResult<IReadOnlyDictionary<string, StoredSet>>(new Dictionary<string, StoredSet> { ["agents"] = Stored });
    }

    public Task WatchAsync(Action changed, CancellationToken stop) => Watch(changed, stop);
}
