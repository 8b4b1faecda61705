using CsCheck;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Telemetry;

public sealed class TimeCountsTests
{
    /// <summary>A range is a quarter of an octave wide: no figure is more than a quarter too long, and none is too short.</summary>
    [Fact]
    public void Between_AnyTimes_IsTheRankToAQuarter() => Gen.Long[1, 3_600_000_000].Array[1, 200].Sample(times =>
    {
        var counts = new TimeCounts();
        counts.Add(TimeSpan.FromMicroseconds(77));
        var before = counts.Read(TimeCounts.None);
        foreach (var time in times)
        {
            counts.Add(TimeSpan.FromMicroseconds(time));
        }

        var figures = TimeCounts.Between(counts.Read(TimeCounts.None), before)!;

        Array.Sort(times);
        Assert.InRange(figures[0], times[(times.Length - 1) / 2], (times[(times.Length - 1) / 2] * 5 / 4) + 3);
        Assert.InRange(figures[1], times[times.Length - (times.Length / 100) - 1], (times[^1] * 5 / 4) + 3);
        Assert.InRange(figures[2], times[^1], (times[^1] * 5 / 4) + 3);
    });

    [Fact]
    public void Between_NothingCame_IsNone() => Assert.Null(
        TimeCounts.Between(new TimeCounts().Read(TimeCounts.None), new TimeCounts().Read(TimeCounts.None)));

    /// <summary>Asked every second, of every destination.</summary>
    [Fact]
    public void Read_NothingCame_IsTheSameObject()
    {
        var counts = new TimeCounts();
        counts.Add(TimeSpan.FromMilliseconds(5));
        var before = counts.Read(TimeCounts.None);

        Assert.Same(before, counts.Read(before));
        counts.Add(TimeSpan.FromMilliseconds(5));
        Assert.NotEqual(before, counts.Read(before));
        Assert.Equal(new long[before.Length], TimeCounts.None);
    }
}
