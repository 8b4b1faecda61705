using System.Runtime.CompilerServices;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// What a reload has removed keeps its series until its last connection has ended, and every scraper has had time to read them. One caller
/// at a time.
/// </summary>
internal sealed class Lingering(TimeProvider time)
{
    private static readonly TimeSpan _lastReading = TimeSpan.FromMinutes(10);
    private readonly ConditionalWeakTable<object, object> _quietSince = [];

    /// <summary>It is configured: if it is removed again, its time begins anew. True, always.</summary>
    public bool IsThere(object one)
    {
        _quietSince.Remove(one);
        return true;
    }

    /// <summary>Whether something removed still has its series.</summary>
    /// <param name="removed">A listener, a cluster or a destination.</param>
    /// <param name="open">Its connections that are open now.</param>
    public bool Lingers(object removed, long open)
    {
        var now = time.GetTimestamp();
        if (open > 0 || !_quietSince.TryGetValue(removed, out var since))
        {
            _quietSince.AddOrUpdate(removed, now);
            return true;
        }

        return time.GetElapsedTime((long)since, now) < _lastReading;
    }
}
