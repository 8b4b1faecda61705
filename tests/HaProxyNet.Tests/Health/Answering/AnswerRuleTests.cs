using HaProxyNet.Health.Answering;

namespace HaProxyNet.Tests.Health.Answering;

public sealed class AnswerRuleTests
{
    /// <summary>A first answer may take 10; the look is at 100.</summary>
    [Theory]
    [InlineData(0, 0, 0, false)] // nobody waits
    [InlineData(90, 0, 0, true)]
    [InlineData(91, 0, 0, false)] // not yet so long
    [InlineData(50, 89, 0, true)]
    [InlineData(50, 95, 0, false)] // one that connected of late was answered
    [InlineData(50, 0, 90, true)]
    [InlineData(50, 0, 91, false)] // one that was answered has closed of late
    public void IsSilent_Seen_OnlyWhenNobodyOfLateWasAnswered(
        long waitingSince,
        long answeredConnectAt,
        long answeredCloseAt,
        bool expected)
        => Assert.Equal(expected, AnswerRule.IsSilent(new(waitingSince, answeredConnectAt, answeredCloseAt), within: 10, now: 100));
}
