using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Scheduling;

/// <summary>One unit of time is a second.</summary>
public sealed class ProbeScheduleTests
{
    private const long Now = 1000;
    private static readonly ProbeSituation _up = new(
        DestinationStatus.Up, IsDisabled: false, HasFailed: false, Since: 1, LastProven: 0, LastProbed: 0, AddressesSince: 0, Spread: 0);

    [Theory]
    // Up, and proven a second ago: silence, but for Always.
    [InlineData(ProbeMode.Never, nameof(DestinationStatus.Up), 999, 0, "None")]
    [InlineData(ProbeMode.WhenDown, nameof(DestinationStatus.Up), 999, 0, "None")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), 999, 0, "Wait 1020")]
    [InlineData(ProbeMode.Always, nameof(DestinationStatus.Up), 999, 0, "Probe")]
    [InlineData(ProbeMode.Always, nameof(DestinationStatus.Up), 999, 995, "Wait 1016")]
    // Up, and nothing for a long time.
    [InlineData(ProbeMode.Never, nameof(DestinationStatus.Up), 0, 0, "None")]
    [InlineData(ProbeMode.WhenDown, nameof(DestinationStatus.Up), 0, 0, "None")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), 0, 0, "Probe")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), 979, 0, "Probe")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), 980, 0, "Wait 1001")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), 0, 990, "Wait 1011")]
    // Not up.
    [InlineData(ProbeMode.Never, nameof(DestinationStatus.Down), 0, 0, "None")]
    [InlineData(ProbeMode.WhenDown, nameof(DestinationStatus.Down), 999, 999, "Recover")]
    [InlineData(ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Down), 999, 999, "Recover")]
    [InlineData(ProbeMode.Always, nameof(DestinationStatus.Down), 999, 999, "Recover")]
    [InlineData(ProbeMode.WhenDown, nameof(DestinationStatus.Suspect), 999, 999, "Recover")]
    [InlineData(ProbeMode.Never, nameof(DestinationStatus.Suspect), 999, 999, "None")]
    public void Decide_ModeAndState_AsTheTableSays(
        ProbeMode mode,
        string health,
        long lastProven,
        long lastProbed,
        string expected)
    {
        var situation = _up with { Health = Enum.Parse<DestinationStatus>(health), LastProven = lastProven, LastProbed = lastProbed };

        Assert.Equal(expected, Decide(situation, mode));
    }

    [Theory]
    [InlineData(ProbeMode.WhenDown)]
    [InlineData(ProbeMode.WhenIdleOrDown)]
    [InlineData(ProbeMode.Always)]
    public void Decide_Disabled_NotAPacket(ProbeMode mode)
    {
        foreach (var health in new[] { DestinationStatus.Up, DestinationStatus.Suspect, DestinationStatus.Down })
        {
            Assert.Equal("None", Decide(_up with { Health = health, IsDisabled = true }, mode));
        }
    }

    /// <summary>Fall is more than one: the second look comes soon, not an interval later; with WhenDown traffic has to give it.</summary>
    [Theory]
    [InlineData(ProbeMode.WhenIdleOrDown, 999, "Wait 1001")]
    [InlineData(ProbeMode.WhenIdleOrDown, 998, "Probe")]
    [InlineData(ProbeMode.Always, 999, "Wait 1001")]
    [InlineData(ProbeMode.WhenDown, 900, "None")]
    public void Decide_FailedOnceAndUp_AskedAfterDownInterval(ProbeMode mode, long lastProbed, string expected)
        => Assert.Equal(expected, Decide(_up with { HasFailed = true, LastProven = 999, LastProbed = lastProbed }, mode));

    [Theory]
    [InlineData(ProbeMode.WhenIdleOrDown, "Probe")]
    [InlineData(ProbeMode.Always, "Probe")]
    [InlineData(ProbeMode.WhenDown, "None")]
    public void Decide_OtherAddressesSinceItWasProven_AskedAtOnce(ProbeMode mode, string expected)
        => Assert.Equal(expected, Decide(_up with { LastProven = 990, LastProbed = 985, AddressesSince = 995 }, mode));

    [Fact]
    public void Decide_StartedJustNow_WaitsAnInterval()
        => Assert.Equal("Wait 1021", Decide(_up with { Since = Now }, ProbeMode.WhenIdleOrDown));

    [Fact]
    public void Decide_Spread_OnlyAdds()
        => Assert.Equal(
            ["Wait 1021", "Wait 1022", "Wait 1023"],
            new[] { 0, 0.5, 1 }.Select(s => Decide(_up with { Since = Now, Spread = s }, ProbeMode.WhenIdleOrDown)));

    private static string Decide(ProbeSituation destination, ProbeMode mode)
    {
        var decision = ProbeSchedule.Decide(destination, Policy(mode, 20), Now, 1);
        return decision.Action is ProbeAction.Wait ? $"Wait {decision.At}" : decision.Action.ToString();
    }

    internal static ProbePolicy Policy(ProbeMode mode, long interval)
        => new(mode, new ConnectProbe(), Port: null, interval, DownInterval: TimeSpan.FromSeconds(2), Timeout: TimeSpan.FromSeconds(3));
}
