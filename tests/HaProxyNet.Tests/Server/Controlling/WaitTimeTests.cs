using HaProxyNet.Server.Controlling;

namespace HaProxyNet.Tests.Server.Controlling;

public sealed class WaitTimeTests
{
    [Theory]
    [InlineData("0s", 0)]
    [InlineData("90s", 90)]
    [InlineData("10m", 600)]
    [InlineData("1h", 3600)]
    [InlineData("2d", 172800)]
    [InlineData("00:10:00", 600)]
    [InlineData("01:00:00", 3600)]
    public void TryParse_Time_Seconds(string text, int seconds)
    {
        Assert.True(WaitTime.TryParse(text, out var time));
        Assert.Equal(TimeSpan.FromSeconds(seconds), time);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-1s")]
    [InlineData("1.5h")]
    [InlineData("10 m")]
    [InlineData("10m\n")]
    [InlineData("9999999s")]
    [InlineData("-00:00:01")]
    [InlineData("soon")]
    public void TryParse_SomethingElse_False(string text) => Assert.False(WaitTime.TryParse(text, out _));
}
