using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class SpreadTests
{
    [Fact]
    public void Of_FiveSamplesInAnyOrder_GivesMedianQuartilesAndRange()
    {
        var spread = Spread.Of([5.0, 1, 4, 2, 3]);

        Assert.Equal(new Spread(5, 3, 2, 4, 1, 5) { Interval = new MedianInterval(1, 5) }, spread);
    }

    [Fact]
    public void Of_FourSamples_InterpolatesBetweenThem()
    {
        var spread = Spread.Of([1.0, 2, 3, 4]);

        Assert.Equal((2.5, 1.75, 3.25), (spread.Median, spread.LowerQuartile, spread.UpperQuartile));
    }

    [Fact]
    public void Of_OneSample_HasNoWidth()
    {
        var spread = Spread.Of([7.0]);

        Assert.Equal((7.0, 0.0), (spread.Median, spread.Uncertainty));
    }

    [Fact]
    public void Of_NoSample_IsRefused() => Assert.Throws<ArgumentException>(() => Spread.Of([]));

    [Theory]
    [InlineData(new[] { 90.0, 95, 100, 105, 110 }, 0.10)]
    [InlineData(new[] { 80.0, 95, 100, 105, 110 }, 0.20)]
    [InlineData(new[] { 0.0, 0, 0 }, 0)]
    [InlineData(new[] { 0.0, 0, 0, 4, 4 }, double.PositiveInfinity)]
    public void Uncertainty_OfSamples_IsFartherEndOfTheInterval(double[] samples, double expected) =>
        Assert.Equal(expected, Spread.Of(samples).Uncertainty, 6);
}
