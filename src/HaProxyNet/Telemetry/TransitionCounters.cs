namespace HaProxyNet.Telemetry;

/// <summary>Counts how often something went from one destination to another, by reason. Any thread; only failures come here.</summary>
internal sealed class TransitionCounters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string From, string To, string Reason), long> _counts = [];
    private long _count;

    /// <summary>Counts one.</summary>
    public void Add(string from, string to, string reason)
    {
        lock (_gate)
        {
            var key = (from, to, reason);
            _counts[key] = _counts.GetValueOrDefault(key) + 1;
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>How many were counted so far.</summary>
    public long Count => Volatile.Read(ref _count);

    /// <summary>What was counted so far.</summary>
    public IReadOnlyList<(string From, string To, string Reason, long Count)> Read()
    {
        lock (_gate)
        {
            return _counts.Count == 0 ? [] : [.. _counts.Select(c => (c.Key.From, c.Key.To, c.Key.Reason, c.Value))];
        }
    }
}
