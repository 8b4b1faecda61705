using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class MetricSummaryTests
{
    private static readonly Metric _cost = Metric.Cost("cpu", "CPU", "µs");

    [Fact]
    public void Of_SteadySamples_HasNoNoise() => Assert.Null(Summarize(_cost, 98, 100, 102)!.Noise);

    [Fact]
    public void Of_WideSamples_SaysHowWide() =>
        Assert.Contains("allowed ±10", Summarize(_cost, 80, 100, 130)!.Noise, StringComparison.Ordinal);

    [Fact]
    public void Of_MostRoundsDisturbed_IsNoise()
    {
        var disturbed = new Reading(new Dictionary<string, double>(StringComparer.Ordinal) { ["cpu"] = 100 }, "others");

        var summary = MetricSummary.Of(_cost, [disturbed, disturbed, Reading.Of(("cpu", 100))]);

        Assert.Contains("2 of 3", summary!.Noise, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_CountWithoutBound_IsNeverNoise() => Assert.Null(Summarize(new Metric("cpu", "failed", ""), 0, 0, 500)!.Noise);

    [Fact]
    public void Of_MetricThatDoesNotApply_IsNothing() => Assert.Null(MetricSummary.Of(_cost, [Reading.Of(("other", 1))]));

    [Fact]
    public void Of_MetricSeenOnce_TakesTheRoundThatHasIt() =>
        Assert.Equal([19.0], MetricSummary.Of(_cost, [Reading.Of(), Reading.Of(("cpu", 19))])!.Samples);

    internal static MetricSummary? Summarize(Metric metric, params double[] samples) =>
        MetricSummary.Of(metric, [.. samples.Select(sample => Reading.Of((metric.Key, sample)))]);
}
