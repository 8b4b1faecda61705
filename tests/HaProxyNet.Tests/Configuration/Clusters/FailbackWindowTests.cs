using HaProxyNet.Configuration.Clusters;

namespace HaProxyNet.Tests.Configuration.Clusters;

public sealed class FailbackWindowTests
{
    /// <summary>2026-01-03 is a Saturday.</summary>
    [Theory]
    [InlineData("", "02:00-04:30", "2026-01-03 02:00", true)]
    [InlineData("", "02:00-04:30", "2026-01-03 04:30", false)]
    [InlineData("Saturday", "02:00-04:30", "2026-01-03 03:00", true)]
    [InlineData("Saturday", "02:00-04:30", "2026-01-04 03:00", false)]
    [InlineData("Saturday Sunday", "02:00-04:30", "2026-01-04 03:00", true)]
    [InlineData("Saturday", "22:00-02:00", "2026-01-03 23:00", true)]
    [InlineData("Saturday", "22:00-02:00", "2026-01-04 01:59", true)]
    [InlineData("Saturday", "22:00-02:00", "2026-01-04 02:00", false)]
    [InlineData("Saturday", "22:00-02:00", "2026-01-03 01:00", false)]
    [InlineData("Saturday", "22:00-02:00", "2026-01-04 23:00", false)]
    public void IsOpenAt_DayAndTime_AsWritten(string days, string times, string local, bool expected)
    {
        var window = FailbackWindow.Read(new FailbackWindowOptions
        {
            Days = [.. days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<DayOfWeek>)],
            From = times.Split('-')[0],
            To = times.Split('-')[1],
        });

        Assert.Equal(expected, window!.IsOpenAt(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Read_NoTimes_NoWindow() => Assert.Null(FailbackWindow.Read(new FailbackWindowOptions()));

    [Theory]
    [InlineData("02:00", true)]
    [InlineData("23:59", true)]
    [InlineData("24:00", false)]
    [InlineData("2:00", false)]
    [InlineData("02:00:00", false)]
    [InlineData("02:00 AM", false)]
    public void TryTime_Text_OnlyHoursAndMinutes(string text, bool expected) => Assert.Equal(expected, FailbackWindow.TryTime(text, out _));
}
