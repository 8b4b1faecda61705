using System.Collections.Concurrent;

namespace HaProxyNet.Telemetry;

/// <summary>Counts by result. Any thread; for what happens a few times a day.</summary>
internal sealed class ResultCounters
{
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts one.</summary>
    public void Add(string result) => _counts.AddOrUpdate(result, 1, static (_, count) => count + 1);

    /// <summary>How often this result was counted.</summary>
    public long this[string result] => _counts.GetValueOrDefault(result);

    /// <summary>The results that were counted.</summary>
    public IEnumerable<string> Results => _counts.Keys;
}
