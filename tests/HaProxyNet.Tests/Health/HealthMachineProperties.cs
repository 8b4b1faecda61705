using CsCheck;
using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health;

/// <summary>Random histories of what is seen of a destination, under random rules.</summary>
public sealed class HealthMachineProperties
{
    private static readonly Evidence[] _kinds =
        [
            Evidence.Accepted,
            Evidence.Unresolved,
            Evidence.Failed(HealthReason.Refused, TimeSpan.Zero),
            Evidence.Failed(HealthReason.TimedOut, TimeSpan.FromSeconds(3)),
            Evidence.LostHedge,
        ];

    private static readonly Gen<HealthPolicy> _policy = Gen.Select(
        Gen.Int[1, 4], Gen.Int[1, 4], Gen.Long[0, 8], (fall, rise, hold) => new HealthPolicy(fall, rise, hold, 60, 300));

    private static readonly Gen<(Evidence Evidence, bool IsNeeded, long After)[]> _history =
        Gen.Select(Gen.Int[0, 4].Select(kind => _kinds[kind]), Gen.Bool, Gen.Long[0, 400]).Array[1, 60];

    [Fact]
    public void Next_AnyHistory_NeverUpAtAFailureAndNeverDownBeforeFall() => Gen.Select(_policy, _history).Sample(
        (policy, history) =>
        {
            var (condition, inARow) = (DestinationCondition.Initial(1), 0);
            foreach (var (next, evidence) in Play(policy, history))
            {
                inARow = evidence.Kind switch { EvidenceKind.Failure => inARow + 1, EvidenceKind.Success => 0, _ => inARow };
                Assert.False(condition.State is DestinationStatus.Down && next.State is DestinationStatus.Up && !evidence.Success);
                Assert.False(condition.State is not DestinationStatus.Down && next.State is DestinationStatus.Down && inARow < policy.Fall);
                Assert.True(condition.State != next.State || condition.Since == next.Since);
                condition = next;
            }
        },
        iter: 2_000);

    [Fact]
    public void Next_AnyHistory_UpAgainOnlyAfterRiseSuccessesAndTheHoldDown() => Gen.Select(_policy, _history).Sample(
        (policy, history) =>
        {
            var calm = history.Select(h => h with { IsNeeded = false }).ToArray();
            var (before, now) = (DestinationCondition.Initial(1), 1L);
            var (inARow, first) = (0, 0L);
            foreach (var (index, (next, evidence)) in Play(policy, calm).Index())
            {
                now += calm[index].After;
                (inARow, first) = evidence.Success ? (inARow + 1, inARow == 0 ? now : first)
                    : evidence.Kind is EvidenceKind.Slow ? (inARow, first)
                    : (0, 0);
                if (before.State is DestinationStatus.Down && next.State is DestinationStatus.Up)
                {
                    Assert.True(inARow >= policy.Rise);
                    Assert.True(now - first >= policy.HoldAfter(before.Relapses));
                }

                before = next;
            }
        },
        iter: 2_000);

    [Fact]
    public void Next_AnyHistoryThenItAcceptsForAMinuteAndMore_IsUp() => Gen.Select(_policy, _history).Sample(
        (policy, history) =>
        {
            var condition = Play(policy, history).Last().Condition;
            var now = 1_000_000L;
            for (var i = 0; i <= 61; i++)
            {
                condition = HealthMachine.Next(condition, Evidence.Accepted, policy, isNeeded: false, now++);
            }

            return condition.State is DestinationStatus.Up;
        },
        iter: 2_000);

    [Fact]
    public void Next_AnyHistoryAndNoOtherCanBeUsed_RiseSuccessesAreEnough() => Gen.Select(_policy, _history).Sample(
        (policy, history) =>
        {
            var condition = Play(policy, history).Last().Condition;
            for (var i = 0; i < policy.Rise; i++)
            {
                condition = HealthMachine.Next(condition, Evidence.Accepted, policy, isNeeded: true, 1_000_000);
            }

            return condition.State is DestinationStatus.Up;
        },
        iter: 2_000);

    private static IEnumerable<(DestinationCondition Condition, Evidence Evidence)> Play(
        HealthPolicy policy,
        (Evidence Evidence, bool IsNeeded, long After)[] history)
    {
        var (condition, now) = (DestinationCondition.Initial(1), 1L);
        foreach (var (evidence, isNeeded, after) in history)
        {
            now += after;
            condition = HealthMachine.Next(condition, evidence, policy, isNeeded, now);
            yield return (condition, evidence);
        }
    }
}
