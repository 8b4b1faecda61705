using System.Numerics;

namespace HaProxyNet.Telemetry;

/// <summary>
/// How often something took how long: a count for each range of time, each half an octave wide, from a microsecond to an hour. Any thread,
/// no lock, no allocation; counts never go back, so that what came within a minute is a difference.
/// </summary>
internal sealed class TimeCounts
{
    private const int PerOctave = 4;
    private const int Octaves = 32;
    private const int Ranges = PerOctave * Octaves;

    private readonly long[] _counts = new long[Ranges];

    /// <summary>The counts of what has never happened.</summary>
    public static long[] None { get; } = new long[Ranges];

    /// <summary>Counts one.</summary>
    public void Add(TimeSpan took) => Interlocked.Increment(ref _counts[RangeOf((long)Math.Max(1, took.TotalMicroseconds))]);

    /// <summary>The counts so far.</summary>
    /// <param name="known">What was read before: where nothing has come since, it is the answer.</param>
    public long[] Read(long[] known)
    {
        var counts = known;
        for (var i = 0; i < Ranges; i++)
        {
            var count = Volatile.Read(ref _counts[i]);
            if (count != counts[i])
            {
                counts = ReferenceEquals(counts, known) ? [.. known] : counts;
                counts[i] = count;
            }
        }

        return counts;
    }

    /// <summary>
    /// The median, what one in a hundred exceeds, and the longest, in microseconds, each to the end of its range; null: there was none.
    /// </summary>
    /// <param name="now">The counts now.</param>
    /// <param name="before">The counts before.</param>
    public static long[]? Between(long[] now, long[] before)
    {
        if (ReferenceEquals(now, before))
        {
            return null;
        }

        long total = 0;
        for (var i = 0; i < Ranges; i++)
        {
            total += now[i] - before[i];
        }

        return total == 0 ? null : [At((total + 1) / 2), At(total - (total / 100)), At(total)];

        long At(long rank)
        {
            var range = 0;
            for (long seen = now[0] - before[0]; seen < rank && range < Ranges - 1; seen += now[range] - before[range])
            {
                range++;
            }

            return EndOf(range);
        }
    }

    private static int RangeOf(long microseconds)
    {
        var octave = BitOperations.Log2((ulong)microseconds);
        var part = octave < 2 ? 0 : (int)((microseconds >> (octave - 2)) & (PerOctave - 1));
        return Math.Min((octave * PerOctave) + part, Ranges - 1);
    }

    private static long EndOf(int range)
    {
        var (octave, part) = Math.DivRem(range, PerOctave);
        return octave < 2 ? (2L << octave) - 1 : (1L << octave) + ((part + 1L) << (octave - 2)) - 1;
    }
}
