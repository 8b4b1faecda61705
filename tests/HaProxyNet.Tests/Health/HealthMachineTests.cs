using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health;

/// <summary>One unit of time is a second.</summary>
public sealed class HealthMachineTests
{
    private static readonly HealthPolicy _policy = new(Fall: 1, Rise: 1, HoldDown: 1, HoldDownMax: 60, RelapseWindow: 300);
    private static readonly DestinationCondition _up = DestinationCondition.Initial(1);
    private static readonly DestinationCondition _down = new(DestinationStatus.Down, HealthReason.Refused, 5, 3);
    private static readonly Evidence _refused = Evidence.Failed(HealthReason.Refused, TimeSpan.Zero);
    private static readonly Evidence _unhealthy =
        Evidence.Failed(HealthReason.WrongStatus, TimeSpan.Zero) with { Scope = EvidenceScope.Answer };
    private static readonly Evidence _unsecured = Evidence.Failed(HealthReason.Tls, TimeSpan.Zero) with { Scope = EvidenceScope.Handshake };

    [Fact]
    public void Next_UpAndAccepted_TheSameInstance() => Assert.Same(_up, Next(_up, Evidence.Accepted, 10));

    [Theory]
    [InlineData("refused")]
    [InlineData("reset")]
    [InlineData("unreachable")]
    [InlineData("timeout")]
    [InlineData("unresolved")]
    public void Next_UpAndFailedOnce_DownAtOnce(string label)
    {
        var reason = HealthReasons.Read(label);

        Assert.Equal(new(DestinationStatus.Down, reason, 10, 1), Next(_up, Evidence.Failed(reason, TimeSpan.Zero), 10));
    }

    [Fact]
    public void Next_DownAndFailed_CountsAndKeepsSince()
        => Assert.Equal(new(DestinationStatus.Down, HealthReason.TimedOut, 5, 4),
            Next(_down, Evidence.Failed(HealthReason.TimedOut, TimeSpan.Zero), 10));

    [Fact]
    public void Next_DownForTheFirstTimeAndAccepted_UpAtOnce()
        => Assert.Equal(new(DestinationStatus.Up, HealthReason.Connected, 10, 0) { RecoveredAt = 10 }, Next(_down, Evidence.Accepted, 10));

    /// <summary>Its system accepts in the place of a program that is stopped.</summary>
    [Fact]
    public void Next_Silent_SuspectUntilItHasAnswered()
    {
        var silent = Next(_up, Evidence.Unanswered with { Scope = EvidenceScope.Answer }, 10);

        Assert.Equal((DestinationStatus.Suspect, HealthReason.NoAnswer), (silent.State, silent.Reason));
        Assert.Same(silent, Next(silent, Evidence.Accepted, 11));
        Assert.Same(silent, Next(silent, Evidence.Unanswered with { Scope = EvidenceScope.Answer }, 11));
        var answered = Next(silent, Evidence.Answered, 12);
        Assert.Equal((DestinationStatus.Up, false, EvidenceScope.Accept), (answered.State, answered.AwaitsAnswer, answered.FailsBeyond));
        var failed = Next(silent, _unhealthy, 12);
        Assert.Equal((DestinationStatus.Down, false), (failed.State, failed.AwaitsAnswer));
        Assert.Equal(DestinationStatus.Down, Next(failed, Evidence.Accepted, 13).State);
        Assert.Same(_down, Next(_down, Evidence.Unanswered, 10));
    }

    /// <summary>That it accepts is known: only a handshake brings it back for the next client.</summary>
    [Fact]
    public void Next_LostHandshakeHedge_SuspectUntilAHandshake()
    {
        var suspect = Next(_up, Evidence.LostHandshakeHedge, 10);

        Assert.Equal((DestinationStatus.Suspect, HealthReason.Hedge, EvidenceScope.Handshake),
            (suspect.State, suspect.Reason, suspect.FailsBeyond));
        Assert.Same(suspect, Next(suspect, Evidence.Accepted, 11));
        Assert.Equal(
            (DestinationStatus.Up, EvidenceScope.Accept),
            Next(suspect, Evidence.Secured, 12) is var up ? (up.State, up.FailsBeyond) : default);
    }

    [Fact]
    public void Next_Unresolved_IsAFailure() => Assert.Equal(DestinationStatus.Down, Next(_up, Evidence.Unresolved, 10).State);

    [Fact]
    public void Next_FallIsThree_TheThirdFailureInARowTakesItDown()
    {
        var policy = _policy with { Fall = 3 };
        var condition = _up;
        foreach (var (evidence, expected) in new[]
        {
            (_refused, DestinationStatus.Up), (_refused, DestinationStatus.Up), (Evidence.Accepted, DestinationStatus.Up),
            (_refused, DestinationStatus.Up), (_refused, DestinationStatus.Up), (_refused, DestinationStatus.Down),
        })
        {
            condition = HealthMachine.Next(condition, evidence, policy, isNeeded: false, 10);
            Assert.Equal(expected, condition.State);
        }
    }

    [Fact]
    public void Next_RiseIsTwo_TheSecondSuccessInARowBringsItUp()
    {
        var policy = _policy with { Rise = 2 };
        var once = HealthMachine.Next(_down, Evidence.Accepted, policy, isNeeded: true, 10);
        var failed = HealthMachine.Next(once, _refused, policy, isNeeded: true, 11);
        var again = HealthMachine.Next(failed, Evidence.Accepted, policy, isNeeded: true, 12);
        var twice = HealthMachine.Next(again, Evidence.Accepted, policy, isNeeded: true, 13);

        Assert.Equal(
            [(DestinationStatus.Down, true), (
                DestinationStatus.Down,
                false), (DestinationStatus.Down, true), (DestinationStatus.Up, false)],
            new[] { once, failed, again, twice }.Select(c => (c.State, c.IsHeldDown)));
    }

    [Fact]
    public void Next_LostAHedge_SuspectUntilItAccepts()
    {
        var suspect = Next(_up, Evidence.LostHedge, 10);
        var up = Next(suspect, Evidence.Accepted, 11);

        Assert.Equal((DestinationStatus.Suspect, 10), (suspect.State, suspect.Since));
        Assert.Equal((DestinationStatus.Up, 11), (up.State, up.Since));
        Assert.Same(_down, Next(_down, Evidence.LostHedge, 10));
    }

    [Fact]
    public void Next_FailsSoonAfterARecovery_HeldDownForLongerEachTime()
    {
        var (condition, now) = (_up, 1000L);
        foreach (var expected in new[] { 0, 1, 2, 4, 8, 16, 32, 60, 60 })
        {
            condition = Next(condition, _refused, now);
            Assert.Equal(expected, SecondsUntilUp(ref condition, ref now));
            now++;
        }
    }

    [Fact]
    public void Next_FailsLongAfterARecovery_IsNotHeldDown()
    {
        var condition = new DestinationCondition(DestinationStatus.Up, HealthReason.Connected, 1000, 0)
        {
            Relapses = 5,
            RecoveredAt = 1000,
        };

        Assert.Equal(0, Next(condition, _refused, 1301).Relapses);
        Assert.Equal(6, Next(condition, _refused, 1300).Relapses);
    }

    [Fact]
    public void Next_HeldDownAndFails_BeginsAgain()
    {
        var held = Next(_down with { Relapses = 3 }, Evidence.Accepted, 10);
        var failed = Next(held, _refused, 12);
        var later = Next(failed, Evidence.Accepted, 13);

        Assert.True(held.IsHeldDown);
        Assert.False(failed.IsHeldDown);
        Assert.Equal((DestinationStatus.Down, 13), (later.State, later.AcceptsSince));
    }

    [Fact]
    public void Next_HeldDownAndNoOtherCanBeUsed_UpAtOnce()
        => Assert.Equal(
            DestinationStatus.Up, HealthMachine.Next(_down with { Relapses = 9 }, Evidence.Accepted, _policy, isNeeded: true, 10).State);

    /// <summary>A heartbeat that fails behind a port that accepts: connects of clients do not take that back.</summary>
    [Fact]
    public void Next_FailsBeyondConnect_OnlyAnAnswerBringsItUp()
    {
        var down = Next(_up, _unhealthy, 10);

        Assert.Equal((DestinationStatus.Down, true), (down.State, down.FailsBeyondConnect));
        Assert.Same(down, Next(down, Evidence.Accepted, 11));
        Assert.Equal(new(DestinationStatus.Up, HealthReason.Answered, 12, 0) { RecoveredAt = 12 }, Next(down, Evidence.Answered, 12));
    }

    /// <summary>A wrong certificate behind a port that accepts: only a handshake takes that back, a client's or a probe's.</summary>
    [Fact]
    public void Next_HandshakeFails_OnlyAHandshakeBringsItUp()
    {
        var down = Next(_up, _unsecured, 10);

        Assert.Equal((DestinationStatus.Down, HealthReason.Tls, EvidenceScope.Handshake), (down.State, down.Reason, down.FailsBeyond));
        Assert.Same(down, Next(down, Evidence.Accepted, 11));
        Assert.Same(down, Next(down, Evidence.Answered, 11));
        Assert.Equal(new(DestinationStatus.Up, HealthReason.Connected, 12, 0) { RecoveredAt = 12 }, Next(down, Evidence.Secured, 12));
    }

    [Fact]
    public void Next_HandshakeAndHeartbeatFail_ASuccessHasToLookAtBoth()
    {
        var down = Next(Next(_up, _unsecured, 10), _unhealthy, 11);

        Assert.Same(down, Next(down, Evidence.Secured, 12));
        Assert.Same(down, Next(down, Evidence.Answered, 12));
        Assert.Equal(
            DestinationStatus.Up, Next(down, Evidence.Answered with { Scope = EvidenceScope.Answer | EvidenceScope.Handshake }, 12).State);
    }

    /// <summary>It may restart meanwhile, and refuse: that it accepts then is not what it was down for.</summary>
    [Fact]
    public void Next_HandshakeFailsThenRefused_OnlyAHandshakeBringsItUp()
    {
        var down = Next(Next(_up, _unsecured, 10), _refused, 11);

        Assert.Same(down, Next(down, Evidence.Accepted, 12));
        Assert.Equal(DestinationStatus.Up, Next(down, Evidence.Secured, 12).State);
    }

    [Fact]
    public void Next_HeldDownAfterAHandshakeFailed_EachSuccessIsAHandshake()
    {
        var held = Next(Next(_up with { Relapses = 1, RecoveredAt = 9 }, _unsecured, 10), Evidence.Secured, 11);

        Assert.True(held.IsHeldDown);
        Assert.Same(held, Next(held, Evidence.Accepted, 60));
        Assert.Equal(DestinationStatus.Up, Next(held, Evidence.Secured, 60).State);
    }

    [Fact]
    public void Next_FailsBeyondConnectUnderTrafficAndFallIsThree_TrafficDoesNotHideIt()
    {
        var policy = _policy with { Fall = 3 };
        var condition = _up;
        foreach (var evidence in new[] { _unhealthy, Evidence.Accepted, _unhealthy, Evidence.Accepted, _unhealthy })
        {
            Assert.Equal(DestinationStatus.Up, condition.State);
            condition = HealthMachine.Next(condition, evidence, policy, isNeeded: false, 10);
        }

        Assert.Equal(DestinationStatus.Down, condition.State);
    }

    [Fact]
    public void Next_AnsweredAfterFailuresBeyondConnect_AllIsForgotten()
    {
        var failed = HealthMachine.Next(_up, _unhealthy, _policy with { Fall = 3 }, isNeeded: false, 10);

        Assert.Equal((0, false), (Next(failed, Evidence.Answered, 11).Failures, Next(failed, Evidence.Answered, 11).FailsBeyondConnect));
    }

    /// <summary>It refuses and its heartbeat answers: the connect's failure is taken back by whatever succeeds.</summary>
    [Fact]
    public void Next_RefusedThenAnswered_Up()
        => Assert.Equal(DestinationStatus.Up, Next(Next(_up, _refused, 10), Evidence.Answered, 11).State);

    private static int SecondsUntilUp(ref DestinationCondition condition, ref long now)
    {
        var began = now;
        while ((condition = Next(condition, Evidence.Accepted, now)).State is DestinationStatus.Down)
        {
            now++;
        }

        return (int)(now - began);
    }

    private static DestinationCondition Next(DestinationCondition known, Evidence evidence, long now)
        => HealthMachine.Next(known, evidence, _policy, isNeeded: false, now);
}
