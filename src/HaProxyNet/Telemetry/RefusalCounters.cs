using HaProxyNet.Vocabulary;

namespace HaProxyNet.Telemetry;

/// <summary>Counts refused connections by reason. Any thread.</summary>
internal sealed class RefusalCounters
{
    private readonly long[] _counts = new long[Enum.GetValues<RefusalReason>().Length];

    /// <summary>How many were refused for this reason.</summary>
    public long this[RefusalReason reason] => Volatile.Read(ref _counts[(int)reason]);

    /// <summary>Counts one.</summary>
    public void Add(RefusalReason reason) => Interlocked.Increment(ref _counts[(int)reason]);
}
