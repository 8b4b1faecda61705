using System.Globalization;
using System.Text;
using CsCheck;
using HaProxyNet.Lines;

namespace HaProxyNet.Tests.Lines;

public sealed class LoggedMillisecondsTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "0.001")]
    [InlineData(10, "0.01")]
    [InlineData(500, "0.5")]
    [InlineData(412, "0.412")]
    [InlineData(2_000, "2")]
    [InlineData(38_100, "38.1")]
    [InlineData(86_400_000_007, "86400000.007")]
    public void TryFormat_Time_ShortestDigits(long microseconds, string expected)
        => Assert.Equal(expected, Text(new LoggedMilliseconds(microseconds)));

    [Fact]
    public void TryFormat_AnyTime_WhatTheFrameworkWrites() =>
        Gen.Long[0, 1L << 40].Sample(microseconds =>
        {
            var time = new LoggedMilliseconds(microseconds);
            Assert.Equal(time.Value.ToString(CultureInfo.InvariantCulture), Text(time));
        });

    [Theory]
    [InlineData(1_234)]
    [InlineData(2_000)]
    [InlineData(2_500)]
    public void TryFormat_TooLittleRoom_False(long microseconds)
    {
        var whole = Text(new LoggedMilliseconds(microseconds));
        for (var room = 0; room < whole.Length; room++)
        {
            Assert.False(new LoggedMilliseconds(microseconds).TryFormat(new byte[room], out _, default, provider: null));
        }
    }

    [Theory]
    [InlineData(14, 1)]
    [InlineData(15, 2)]
    [InlineData(10_000, 1_000)]
    public void Of_Ticks_NearestMicrosecond(long ticks, long microseconds)
        => Assert.Equal(microseconds, LoggedMilliseconds.Of(TimeSpan.FromTicks(ticks)).Microseconds);

    private static string Text(LoggedMilliseconds time)
    {
        var bytes = new byte[32];
        Assert.True(time.TryFormat(bytes, out var written, default, provider: null));
        return Encoding.UTF8.GetString(bytes, 0, written);
    }
}
