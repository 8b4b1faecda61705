using HaProxyNet.Health.Scheduling;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class OwnPaceRuleTests
{
    [Theory]
    [InlineData(100, false, 0)]
    [InlineData(200, false, 0)]
    [InlineData(300, false, 200)]
    [InlineData(10_000, false, 9_900)]
    [InlineData(100, true, 100)]
    [InlineData(10_000, true, 10_000)]
    public void LostIn_Elapsed_WhatIsBeyondABeatOrAllWithoutThePool(int elapsed, bool isPoolLate, int expected)
        => Assert.Equal(
            expected, OwnPaceRule.LostIn(TimeSpan.FromMilliseconds(elapsed), TimeSpan.FromMilliseconds(100), isPoolLate).TotalMilliseconds);
}
