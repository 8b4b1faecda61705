using HaProxyNet.State;

namespace HaProxyNet.Tests.State;

public sealed class HedgePolicyTests
{
    [Theory]
    [InlineData(0, 1, 250)]
    [InlineData(99, 1, 250)]
    [InlineData(100, 1, 25)]
    [InlineData(100, 12.5, 25)]
    [InlineData(100, 40, 80)]
    [InlineData(5000, 200, 400)]
    [InlineData(5000, 399, 400)]
    public void Decide_Quantile_TwiceWithinItsBounds(int answers, double oneInAHundred, double expected)
        => Assert.Equal(expected, HedgePolicy.Decide(answers, TimeSpan.FromMilliseconds(oneInAHundred)).TotalMilliseconds);

    [Theory]
    [InlineData(99, 1, 250)]
    [InlineData(100, 1, 25)]
    [InlineData(5000, 40, 80)]
    [InlineData(5000, 399, 798)]
    public void DecideHandshake_Quantile_TwiceAndNoLessThanTheShortest(int handshakes, double oneInAHundred, double expected)
        => Assert.Equal(expected, HedgePolicy.DecideHandshake(handshakes, TimeSpan.FromMilliseconds(oneInAHundred)).TotalMilliseconds);

    /// <summary>A machine that needs most of a second for each handshake would only be given twice the work.</summary>
    [Fact]
    public void DecideHandshake_MostAreSlowerThanAnyDelay_NoHedge()
        => Assert.Equal(TimeSpan.Zero, HedgePolicy.DecideHandshake(1000, oneInAHundred: null));

    [Fact]
    public void Decide_MostAreSlowerThanAnyDelay_TheLongest()
        => Assert.Equal(HedgePolicy.Longest, HedgePolicy.Decide(1000, oneInAHundred: null));

    [Theory]
    [InlineData("Auto", 250)]
    [InlineData("auto", 250)]
    [InlineData("00:00:00", 0)]
    [InlineData("00:00:00.1", 100)]
    public void Parse_Setting_DelayForADestinationThatIsNotKnown(string setting, double expected)
        => Assert.Equal(expected, HedgePolicy.Parse(setting).After(new ResponseTimes()).TotalMilliseconds);

    /// <summary>The measurement behind the constants: what docs/performance-decisions.md says.</summary>
    [Theory]
    [InlineData(0.3, 0.8, 25)]
    [InlineData(12, 0.3, 80)]
    [InlineData(60, 0.3, 300)]
    public void After_OnePercentOfPacketsLost_FewerThanOneInAThousandIsHedgedWithoutNeed(double median, double sigma, double atMost)
    {
        var random = new Random(20);
        var (policy, answers) = (HedgePolicy.Parse("Auto"), new ResponseTimes());
        const int Connections = 100_000;
        var needless = 0;
        for (var i = 0; i < Connections; i++)
        {
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            var took = TimeSpan.FromMilliseconds(median * Math.Exp(sigma * normal));
            var isLost = random.NextDouble() < 0.0199;
            needless += !isLost && took > policy.After(answers) ? 1 : 0;
            answers.Add(isLost ? took + TimeSpan.FromSeconds(1) : took);
        }

        Assert.InRange(needless, 0, Connections / 1000);
        Assert.InRange(policy.After(answers).TotalMilliseconds, 25, atMost);
    }
}
