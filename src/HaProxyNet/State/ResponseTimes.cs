using System.Numerics;

namespace HaProxyNet.State;

/// <summary>
/// How long a destination takes to answer, as far as hedging must know: a count for each of 22 ranges between
/// <see cref="HedgePolicy.Shortest"/> and <see cref="HedgePolicy.Longest"/>, each a fifth wider than the one below. Old answers fade: the
/// counts are halved when there are many. No lock and no allocation; two lanes that count at once may lose one of the two, which changes
/// nothing.
/// </summary>
internal sealed class ResponseTimes
{
    /// <summary>Answers that are remembered with their full weight.</summary>
    private const int Most = 2048;

    /// <summary>Ranges for each doubling.</summary>
    private const int PerOctave = 4;

    /// <summary>Everything below is as good as nothing: half of the shortest delay, which is twice a quantile.</summary>
    private const long LowestMicroseconds = 8192;

    /// <summary>From 8 ms to 400 ms are not quite six doublings.</summary>
    private const int Ranges = (6 * PerOctave) + 1;

    private readonly int[] _counts = new int[Ranges];
    private int _slower;
    private int _total;

    /// <summary>Answers that are remembered.</summary>
    public int Count => Volatile.Read(ref _total);

    /// <summary>Notes one answer.</summary>
    public void Add(TimeSpan took)
    {
        if (took > HedgePolicy.Longest)
        {
            _slower++;
        }
        else
        {
            _counts[RangeOf((long)took.TotalMicroseconds)]++;
        }

        if (++_total >= Most)
        {
            Fade();
        }
    }

    /// <summary>
    /// What all but one of a hundred answers do not exceed. Answers that took longer than any delay are left out as long as they are the
    /// fewer: the packet was lost and sent again after a second, which says nothing about how long an answer takes. Null: most are so slow.
    /// </summary>
    public TimeSpan? OneInAHundred()
    {
        var counted = 0;
        foreach (var count in _counts)
        {
            counted += count;
        }

        if (counted <= _slower)
        {
            return null;
        }

        var above = counted / 100;
        var range = Ranges - 1;
        for (; range > 0 && above >= _counts[range]; range--)
        {
            above -= _counts[range];
        }

        return TimeSpan.FromMicroseconds(EndOf(range));
    }

    private static int RangeOf(long microseconds)
    {
        if (microseconds < LowestMicroseconds)
        {
            return 0;
        }

        var octave = BitOperations.Log2((ulong)(microseconds / LowestMicroseconds));
        var width = (LowestMicroseconds << octave) / PerOctave;
        return Math.Min(1 + (octave * PerOctave) + (int)((microseconds - (LowestMicroseconds << octave)) / width), Ranges - 1);
    }

    /// <summary>The longest time of a range.</summary>
    private static long EndOf(int range)
    {
        var (octave, part) = Math.DivRem(range, PerOctave);
        var start = LowestMicroseconds << octave;
        return start + (part * (start / PerOctave));
    }

    private void Fade()
    {
        var total = _slower /= 2;
        for (var i = 0; i < Ranges; i++)
        {
            total += _counts[i] /= 2;
        }

        _total = total;
    }
}
