using CsCheck;
using HaProxyNet.Simulator.Load;

namespace HaProxyNet.Tests.Simulator.Load;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void Percentile_AnyDurations_IsWithinOnePercentAbove() =>
        Gen.Select(Gen.Long[0, 40].SelectMany(bits => Gen.Long[0, 1L << (int)bits]).Array[1, 200], Gen.Double[0, 100])
            .Sample((microseconds, percent) =>
            {
                var histogram = new LatencyHistogram();
                foreach (var duration in microseconds)
                {
                    histogram.Record(TimeSpan.FromMicroseconds(duration));
                }

                Array.Sort(microseconds);
                var rank = Math.Max(1, (int)Math.Ceiling(microseconds.Length * (percent / 100)));
                var exact = microseconds[rank - 1];
                Assert.InRange(histogram.Percentile(percent).Ticks / TimeSpan.TicksPerMicrosecond, exact, exact + (exact / 100));
            });

    [Fact]
    public void Summarize_Durations_KnowsMeanAndExactMaximum()
    {
        var histogram = new LatencyHistogram();
        foreach (var milliseconds in new[] { 1, 2, 3, 1_234_567 })
        {
            histogram.Record(TimeSpan.FromMilliseconds(milliseconds));
        }

        var summary = histogram.Summarize();

        Assert.Equal((4, 308_643.25, 1_234_567), (summary.Count, summary.Mean.TotalMilliseconds, summary.Max.TotalMilliseconds));
    }

    [Fact]
    public void Summarize_NothingRecorded_IsZero()
        => Assert.Equal(new LatencySummary(0, default, default, default, default, default), new LatencyHistogram().Summarize());

    [Fact]
    public void Record_NegativeOrHuge_IsKept()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.MaxValue);

        Assert.Equal(TimeSpan.Zero, histogram.Percentile(50));
        Assert.Equal(TimeSpan.MaxValue.TotalMicroseconds, histogram.Percentile(100).TotalMicroseconds, tolerance: 10);
    }
}
