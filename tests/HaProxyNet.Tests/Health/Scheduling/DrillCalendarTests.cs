using HaProxyNet.Health.Scheduling;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class DrillCalendarTests
{
    private static readonly DateTime _morning = new(2026, 11, 26, 3, 0, 0);

    [Fact]
    public void Take_ItsTimeComes_OnceADay()
    {
        var calendar = At("03:30");

        Assert.Empty(calendar.Take(_morning.AddMinutes(29)));
        Assert.Single(calendar.Take(_morning.AddMinutes(31)));
        Assert.Empty(calendar.Take(_morning.AddMinutes(32)));
        Assert.Empty(calendar.Take(_morning.AddHours(24)));
        Assert.Single(calendar.Take(_morning.AddHours(25)));
    }

    /// <summary>The clock is put back an hour after the drill, and comes to its time again.</summary>
    [Fact]
    public void Take_ClockIsPutBack_NoneIsLeftOut()
    {
        var calendar = At("03:30");
        calendar.Take(_morning.AddMinutes(40));

        Assert.Empty(calendar.Take(_morning.AddMinutes(-20)));
        Assert.Equal(TimeSpan.FromMinutes(50), calendar.Until(_morning.AddMinutes(-20)));
        Assert.Single(calendar.Take(_morning.AddMinutes(31)));
    }

    /// <summary>A reload that brings a drill whose time was a moment ago does not start one.</summary>
    [Fact]
    public void Read_TimeHasPassed_TheNextDay()
    {
        var calendar = new DrillCalendar(_morning);
        calendar.Take(_morning.AddMinutes(31));
        calendar.Read([OneCluster.With(2, "03:30")]);

        Assert.Empty(calendar.Take(_morning.AddMinutes(31)));
        Assert.Equal(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(1), calendar.Until(_morning.AddMinutes(31)));
    }

    [Fact]
    public void Until_NoDrill_Never()
    {
        var calendar = At("");
        Assert.Null(calendar.Until(_morning));
        Assert.Empty(calendar.Take(_morning.AddDays(3)));
    }

    private static DrillCalendar At(string drill)
    {
        var calendar = new DrillCalendar(_morning);
        calendar.Read([OneCluster.With(2, drill)]);
        return calendar;
    }
}
