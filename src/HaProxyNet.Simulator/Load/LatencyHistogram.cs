using System.Numerics;

namespace HaProxyNet.Simulator.Load;

/// <summary>
/// Durations in buckets that grow with the duration, so that any percentile is right within 1 % from a microsecond to hours, in 60 KB.
/// Thread-safe; recording takes no lock and allocates nothing.
/// </summary>
public sealed class LatencyHistogram
{
    // 128 buckets for each doubling: a bucket is at most 1/128 of its value wide.
    private const int BitsWithinDoubling = 7;
    private const int BucketsPerDoubling = 1 << BitsWithinDoubling;
    private const int Doublings = 58;

    private readonly long[] _buckets = new long[(Doublings + 1) * BucketsPerDoubling];
    private long _count;
    private long _totalMicroseconds;
    private long _maxMicroseconds;

    /// <summary>Counts a duration; a negative one counts as 0.</summary>
    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Max(0, duration.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref _buckets[BucketOf(microseconds)]);
        Interlocked.Increment(ref _count);
        Interlocked.Add(ref _totalMicroseconds, microseconds);
        long seen;
        while (microseconds > (seen = Volatile.Read(ref _maxMicroseconds))
            && Interlocked.CompareExchange(ref _maxMicroseconds, microseconds, seen) != seen)
        {
            // Another thread raised it: look again.
        }
    }

    /// <summary>The durations so far in short.</summary>
    public LatencySummary Summarize()
    {
        var count = Volatile.Read(ref _count);
        return new LatencySummary(
            count,
            TimeSpan.FromMicroseconds(count == 0 ? 0 : Volatile.Read(ref _totalMicroseconds) / count),
            Percentile(50),
            Percentile(99),
            Percentile(99.9),
            TimeSpan.FromMicroseconds(Volatile.Read(ref _maxMicroseconds)));
    }

    /// <summary>
    /// A duration that at least <paramref name="percent"/> of all are not above (0 to 100): the upper edge of its bucket, never above the
    /// longest. 0 when there is none.
    /// </summary>
    public TimeSpan Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        var rank = Math.Max(1, (long)Math.Ceiling(Volatile.Read(ref _count) * (percent / 100)));
        var max = Volatile.Read(ref _maxMicroseconds);
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            rank -= Volatile.Read(ref _buckets[bucket]);
            if (rank <= 0)
            {
                return TimeSpan.FromMicroseconds(Math.Min(max, UpperEdgeOf(bucket)));
            }
        }

        return TimeSpan.FromMicroseconds(max);
    }

    private static int BucketOf(long microseconds)
    {
        // Below 2 * 128 every value has its bucket; above, the leading 8 bits choose one.
        var shift = Math.Max(0, BitOperations.Log2((ulong)microseconds | 1) - BitsWithinDoubling);
        return (shift * BucketsPerDoubling) + (int)(microseconds >> shift);
    }

    private static long UpperEdgeOf(int bucket)
    {
        var shift = Math.Max(0, (bucket / BucketsPerDoubling) - 1);
        long leading = bucket - (shift * BucketsPerDoubling);
        return ((leading + 1) << shift) - 1;
    }
}
