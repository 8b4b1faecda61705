using HaProxyNet.Maintaining;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Maintaining;

/// <summary>A shared store in memory, which does what a test says. What the test writes is what another proxy has written.</summary>
internal sealed class ScriptedStore : ISharedStore
{
    public const string OtherNode = "proxy2";

    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _never = new();
    private StoredSet _stored = StoredSet.Nothing;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Every request fails with this; null: none does.</summary>
    public string? Fault { get; set; }

    /// <summary>No request is ever answered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Runs once, after a proxy has read and before it writes.</summary>
    public Action? BeforeSwap { get; set; }

    /// <summary>What the key of the cluster has instead of a set; null: a set.</summary>
    public string? Problem { get; set; }

    /// <summary>What it has of the test's cluster.</summary>
    public MaintenanceSet Set => Volatile.Read(ref _stored).Set;

    /// <summary>How often anything was written.</summary>
    public long Revision => Volatile.Read(ref _stored).Revision;

    /// <summary>The other proxy has decided.</summary>
    public MaintenanceDecision Decide(string destination, Maintenance maintenance, DateTimeOffset? at = null)
    {
        var decision = new MaintenanceDecision(maintenance) { Node = OtherNode, By = "uid 7", At = at ?? TimeProvider.System.GetUtcNow() };
        Write(Set.With(destination, decision));
        return decision;
    }

    /// <summary>Somebody has removed everything.</summary>
    public void Empty()
    {
        lock (_gate)
        {
            _stored = StoredSet.Nothing;
            Tell();
        }
    }

    public async Task<IReadOnlyDictionary<string, StoredSet>> ReadAllAsync(CancellationToken stop)
    {
        var stored = await ReadAsync("", stop);
        return stored.Revision == 0
            ? new Dictionary<string, StoredSet>()
            : new Dictionary<string, StoredSet>(StringComparer.Ordinal) { ["agents"] = stored };
    }

    public async Task<StoredSet> ReadAsync(string cluster, CancellationToken stop)
    {
        await AnswerAsync(stop);
        var stored = Volatile.Read(ref _stored);
        return Problem is { } problem ? new(MaintenanceSet.Empty, stored.Revision + 1, problem) : stored;
    }

    public async Task<bool> TryReplaceAsync(string cluster, MaintenanceSet next, long revision, CancellationToken stop)
    {
        await AnswerAsync(stop);
        var before = BeforeSwap;
        BeforeSwap = null;
        before?.Invoke();
        lock (_gate)
        {
            if (_stored.Revision != revision)
            {
                return false;
            }

            Write(next);
            return true;
        }
    }

    public async Task WatchAsync(Action changed, CancellationToken stop)
    {
        while (true)
        {
            await AnswerAsync(stop);
            await Volatile.Read(ref _changed).Task.WaitAsync(stop);
            changed();
        }
    }

    private void Write(MaintenanceSet set)
    {
        lock (_gate)
        {
            _stored = new(set, _stored.Revision + 1);
            Tell();
        }
    }

    private void Tell() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async Task AnswerAsync(CancellationToken stop)
    {
        if (IsSilent)
        {
            await _never.Task.WaitAsync(stop);
        }

        if (Fault is { } fault)
        {
            throw new StoreAwayException(fault);
        }
    }
}
