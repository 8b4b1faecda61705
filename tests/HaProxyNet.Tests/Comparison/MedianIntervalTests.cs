using CsCheck;
using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class MedianIntervalTests
{
    // Ranks of the 95 % interval as tables of the sign test have them, counted from 1.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(11, 2)]
    [InlineData(12, 3)]
    [InlineData(15, 4)]
    [InlineData(20, 6)]
    [InlineData(30, 10)]
    public void Of_Samples_RanksOfTheSignTest(int samples, int lowRank)
    {
        var interval = MedianInterval.Of([.. Enumerable.Range(1, samples).Select(i => (double)i).Reverse()]);

        Assert.Equal(new MedianInterval(lowRank, samples + 1 - lowRank), interval);
    }

    [Fact]
    public void Of_SamplesOfAKnownMedian_HoldsItNineteenTimesInTwenty()
    {
        var random = new Random(20_261_126);
        var held = Enumerable.Range(0, 4_000)
            .Count(_ => MedianInterval.Of([.. Enumerable.Range(0, 15).Select(_ => Math.Pow(random.NextDouble(), 3))]).Contains(0.125));

        // 96.5 % by the binomial distribution; the seed is fixed.
        Assert.InRange(held / 4_000.0, 0.95, 0.98);
    }

    [Fact]
    public void Of_AnySamples_HoldsTheirMedian() =>
        Gen.Double[0, 1e6].Array[1, 60].Sample(samples => Assert.True(MedianInterval.Of(samples).Contains(Spread.Of(samples).Median)));
}
