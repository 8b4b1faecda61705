using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class RatioTests
{
    private static readonly Metric _cost = Metric.Cost("cpu", "CPU", "µs");

    [Fact]
    public void Of_TwoContenders_DividesMediansAndPairsRounds()
    {
        var ratio = Ratio.Of(Samples(60, 61, 62), Samples(66, 68, 70));

        Assert.Equal(61.0 / 68, ratio!.OfMedians, 9);
        Assert.Equal(62.0 / 70, ratio.Interval.Low, 9);
        Assert.Equal(60.0 / 66, ratio.Interval.High, 9);
    }

    [Fact]
    public void Of_NoisySide_IsNoRatio()
    {
        var noisy = Samples(50, 100, 200);

        Assert.Null(Ratio.Of(noisy, Samples(100, 100, 100)));
        Assert.Null(Ratio.Of(Samples(100, 100, 100), noisy));
    }

    [Fact]
    public void Of_PeerAtZero_IsNoRatio() => Assert.Null(Ratio.Of(Samples(1, 1, 1), Samples(0, 0, 0)));

    private static MetricSummary Samples(params double[] samples) => MetricSummaryTests.Summarize(_cost, samples)!;
}
