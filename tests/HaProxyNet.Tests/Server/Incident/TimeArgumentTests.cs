using System.Globalization;
using HaProxyNet.Server.Incident;

namespace HaProxyNet.Tests.Server.Incident;

public sealed class TimeArgumentTests
{
    private static readonly DateTimeOffset _now = new(2026, 10, 25, 12, 0, 0, TimeSpan.Zero);

    /// <summary>An hour that daylight saving repeats is two: the zone says which; without one it is UTC, which repeats none.</summary>
    [Theory]
    [InlineData("2h", "2026-10-25T10:00:00Z")]
    [InlineData("1d", "2026-10-24T12:00:00Z")]
    [InlineData("00:30:00", "2026-10-25T11:30:00Z")]
    [InlineData("2026-10-25T02:30:00", "2026-10-25T02:30:00Z")]
    [InlineData("2026-10-25T02:30:00Z", "2026-10-25T02:30:00Z")]
    [InlineData("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00Z")]
    [InlineData("2026-03-29T02:30:00", "2026-03-29T02:30:00Z")]
    public void Read_AgoOrAMoment_IsThatMoment(string text, string expected)
        => Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), TimeArgument.Read(text, _now));

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-13-01")]
    [InlineData("-2h")]
    public void Read_AnythingElse_IsNoTime(string text) => Assert.Null(TimeArgument.Read(text, _now));
}
