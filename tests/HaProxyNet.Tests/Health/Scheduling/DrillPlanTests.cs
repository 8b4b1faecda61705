using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class DrillPlanTests
{
    private static readonly DrillPlan _plan = new(new TimeOnly(3, 30), new ConnectProbe(), EvidenceScope.Accept);

    [Theory]
    [InlineData("2026-11-26 03:29:59", "2026-11-26 03:30:00", true)]
    [InlineData("2026-11-26 03:30:00", "2026-11-26 03:30:01", false)]
    [InlineData("2026-11-26 03:29:58", "2026-11-26 03:29:59", false)]
    [InlineData("2026-11-26 04:00:00", "2026-11-27 03:00:00", false)]
    [InlineData("2026-11-26 23:00:00", "2026-11-27 08:00:00", true)] // asleep meanwhile
    [InlineData("2026-03-29 01:59:59", "2026-03-29 03:30:00", true)] // the clock was put forward
    [InlineData("2026-11-26 08:00:00", "2026-11-26 07:00:00", false)] // and back
    public void IsDue_BetweenTwoLooks_WhenItsTimeCame(string lastLook, string now, bool expected)
        => Assert.Equal(expected, _plan.IsDue(DateTime.Parse(lastLook), DateTime.Parse(now)));

    [Theory]
    [InlineData("2026-11-26 03:00:00", "00:30:00")]
    [InlineData("2026-11-26 03:30:00", "1.00:00:00")]
    [InlineData("2026-11-26 04:30:00", "23:00:00")]
    public void Until_Now_TheNextOne(string now, string expected)
        => Assert.Equal(TimeSpan.Parse(expected), _plan.Until(DateTime.Parse(now)));

    [Fact]
    public void From_NoTime_NoDrill() => Assert.Null(DrillPlan.From(new ClusterOptions()));
}
