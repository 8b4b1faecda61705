using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Failover;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Failover;

/// <summary>One unit of time is a second; it is 1000.</summary>
public sealed class ActiveChoiceTests
{
    private const long Now = 1000;

    /// <summary>Each destination as <c>name</c>, <c>name:state</c> or <c>name:state:since:open</c>, in order of preference.</summary>
    [Theory]
    [InlineData("a b", null, "a")]
    [InlineData("a b", "a", "a")]
    [InlineData("a:Down b", "a", "b")]
    [InlineData("a:Draining b", "a", "b")]
    [InlineData("a:Disabled b", "a", "b")]
    [InlineData("a:Suspect b", "a", "a")]
    [InlineData("a:Suspect b", null, "b")]
    [InlineData("a:Suspect b", "b", "b")]
    [InlineData("a:Suspect b:Down", "b", "a")]
    [InlineData("a:Down b:Down", "a", null)]
    [InlineData("a:Down b:Draining c", "a", "c")]
    [InlineData("a b c", "c", "a")]
    [InlineData("a:Down b c", "c", "b")]
    [InlineData("a b", "gone", "a")]
    public void Choose_FailbackAtOnce_TheMostPreferredOneThatIsUp(string contenders, string? active, string? expected)
        => Assert.Equal(
            new(expected, IsWaiting: false), ActiveChoice.Choose(Situation(contenders, active), Policy(FailbackMode.Immediate)));

    [Theory]
    [InlineData(FailbackMode.StableFor, "a:Up:881:0 b", "b", true)]
    [InlineData(FailbackMode.StableFor, "a:Up:880:0 b", "a", false)]
    [InlineData(FailbackMode.WhenIdle, "a b:Up:1:1", "b", true)]
    [InlineData(FailbackMode.WhenIdle, "a b:Up:1:0", "a", false)]
    [InlineData(FailbackMode.Manual, "a b", "b", false)]
    [InlineData(FailbackMode.Manual, "a b:Down", "a", false)]
    [InlineData(FailbackMode.StableFor, "a:Up:999:0 b:Down", "a", false)]
    [InlineData(FailbackMode.WhenIdle, "a b:Draining:1:5", "a", false)]
    public void Choose_OnTheSecondary_TheModeDecidesWhenToGoBack(FailbackMode mode, string contenders, string expected, bool isWaiting)
        => Assert.Equal(new(expected, isWaiting), ActiveChoice.Choose(Situation(contenders, "b"), Policy(mode)));

    [Theory]
    [InlineData("01:59", "b", true)]
    [InlineData("02:00", "a", false)]
    [InlineData("03:59", "a", false)]
    [InlineData("04:00", "b", true)]
    public void Choose_Window_GoesBackInside(string time, string expected, bool isWaiting)
    {
        var policy = new FailbackPolicy(FailbackMode.Window, 0, new FailbackWindow([], new(2, 0), new(4, 0)));
        var situation = Situation("a b", "b") with { LocalTime = new DateTime(2026, 1, 3) + TimeOnly.Parse(time).ToTimeSpan() };

        Assert.Equal(new(expected, isWaiting), ActiveChoice.Choose(situation, policy));
    }

    [Theory]
    [InlineData(FailbackMode.Manual)]
    [InlineData(FailbackMode.StableFor)]
    [InlineData(FailbackMode.WhenIdle)]
    [InlineData(FailbackMode.Window)]
    public void Choose_OperatorAsksForTheFailback_AtOnce(FailbackMode mode) => Assert.Equal(
        new("a", IsWaiting: false), ActiveChoice.Choose(Situation("a:Up:999:0 b:Up:1:7", "b") with { GoBackNow = true }, Policy(mode)));

    [Theory]
    [InlineData("a b", "a", "b", "b")]
    [InlineData("a b:Down", "b", "b", "a")]
    [InlineData("a b:Suspect", "a", "b", "b")]
    [InlineData("a b:Draining", "b", "b", "a")]
    [InlineData("a b", "a", "gone", "a")]
    public void Choose_OperatorSwitched_ThatOneWhileItCanBeUsed(string contenders, string active, string pinned, string expected)
        => Assert.Equal(
            expected, ActiveChoice.Choose(Situation(contenders, active) with { Pinned = pinned }, Policy(FailbackMode.Immediate)).Active);

    [Fact]
    public void Choose_Equals_StaysWhereItIs()
    {
        var equals = new Contender[] { new("a", 0, DestinationStatus.Up, 1, 0), new("b", 0, DestinationStatus.Up, 1, 9) };
        var situation = new Situation(equals, "b", Pinned: null, GoBackNow: true, Now, default);

        Assert.Equal(new("b", IsWaiting: false), ActiveChoice.Choose(situation, Policy(FailbackMode.Immediate)));
    }

    private static FailbackPolicy Policy(FailbackMode mode) => new(mode, StableFor: 120, Window: null);

    private static Situation Situation(string contenders, string? active)
        => new([.. contenders.Split(' ').Select(Contender)], active, Pinned: null, GoBackNow: false, Now, default);

    private static Contender Contender(string text, int tier)
    {
        var parts = text.Split(':');
        var status = parts.Length > 1 ? Enum.Parse<DestinationStatus>(parts[1]) : DestinationStatus.Up;
        return parts.Length > 2
            ? new(parts[0], tier, status, long.Parse(parts[2]), long.Parse(parts[3]))
            : new(parts[0], tier, status, 1, 0);
    }
}
