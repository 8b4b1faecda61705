using CsCheck;
using HaProxyNet.Health;
using HaProxyNet.State;

namespace HaProxyNet.Tests.Health;

/// <summary>Random histories of what is seen of a destination.</summary>
public sealed class HealthMachineProperties
{
    private static readonly Evidence[] _kinds =
        [Evidence.Accepted, Evidence.Unresolved, Evidence.Failed("refused", TimeSpan.Zero), Evidence.Failed("timeout", TimeSpan.FromSeconds(3))];

    private static readonly Gen<Evidence> _evidence = Gen.Int[0, 3].Select(kind => _kinds[kind]);

    [Fact]
    public void Next_AnyHistory_TheLastEvidenceDecidesAndSinceIsTheLastChange() => _evidence.Array[1, 50].Sample(
        history =>
        {
            var condition = DestinationCondition.Initial(0);
            var (since, failures) = (0L, 0);
            for (var now = 1; now <= history.Length; now++)
            {
                var evidence = history[now - 1];
                var wasUp = condition.State is DestinationStatus.Up;
                condition = HealthMachine.Next(condition, evidence, now);
                since = wasUp == evidence.Success ? since : now;
                failures = evidence.Success ? 0 : failures + 1;

                Assert.Equal(evidence.Success, condition.State is DestinationStatus.Up);
                Assert.Equal((since, failures), (condition.Since, condition.Failures));
                Assert.True(evidence.Success || condition.Reason == evidence.Reason);
            }
        },
        iter: 2_000);

    [Fact]
    public void Next_AnyHistoryThenItAccepts_Recovers() => _evidence.Array[0, 50].Sample(
        history => HealthMachine.Next(
            history.Aggregate(DestinationCondition.Initial(0), (c, e) => HealthMachine.Next(c, e, 1)), Evidence.Accepted, 2).State is DestinationStatus.Up,
        iter: 2_000);
}
