using HaProxyNet.Comparison.Load;

namespace HaProxyNet.Tests.Comparison;

public sealed class LatencyFiguresTests
{
    [Fact]
    public void Of_AThousandWaits_TakesRanksThatHappened() =>
        Assert.Equal(
            new LatencyFigures(500, 990, 999, 1000), LatencyFigures.Of(Enumerable.Range(1, 1000).Reverse().Select(wait => (double)wait)));

    [Fact]
    public void Of_NoWait_IsNotANumber() => Assert.True(double.IsNaN(LatencyFigures.Of([]).P99));
}
