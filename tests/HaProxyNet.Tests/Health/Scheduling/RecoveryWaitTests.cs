using CsCheck;
using HaProxyNet.Health.Scheduling;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class RecoveryWaitTests
{
    private static readonly RecoveryWait _wait = new(TimeSpan.FromSeconds(8));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 8)]
    [InlineData(1000, 8)]
    public void After_ProbesThatEndedAtOnce_Doubles(int attempt, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), _wait.After(attempt, TimeSpan.Zero, chance: 0));

    [Fact]
    public void After_AProbeThatWaited_CountsFromItsStart()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), _wait.After(3, TimeSpan.FromSeconds(3), chance: 0));
        Assert.Equal(TimeSpan.Zero, _wait.After(3, TimeSpan.FromSeconds(9), chance: 0));
    }

    [Theory]
    [InlineData(100, 8)]
    [InlineData(2000, 8)]
    [InlineData(5000, 20)]
    public void After_ThousandsAreAsked_TogetherNotMoreThanTwoHundredAndFiftyASecond(int asked, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), _wait.After(1000, TimeSpan.Zero, chance: 0, asked));

    [Fact]
    public void After_AnyHistory_StartToStartNeverLongerThanTheLongestNorMuchShorterThanMeant()
        => Gen.Select(Gen.Int[0, 5000], Gen.Int[0, 8000], Gen.Double[0, 0.999999]).Sample((attempt, took, chance) =>
        {
            var (probe, left) = (TimeSpan.FromMilliseconds(took), _wait.After(attempt, TimeSpan.FromMilliseconds(took), chance));
            Assert.InRange(
                left, TimeSpan.Zero, TimeSpan.FromSeconds(8) - (probe < TimeSpan.FromSeconds(8) ? probe : TimeSpan.FromSeconds(8)));
            Assert.True(left + probe >= _wait.After(attempt, TimeSpan.Zero, chance));
        });
}
