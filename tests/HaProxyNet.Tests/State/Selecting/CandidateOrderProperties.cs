using CsCheck;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.State.Selecting;

public sealed class CandidateOrderProperties
{
    private static readonly string[] _reasons = ["refused", "reset", "timeout", "unreachable", "unresolved", "local_failure"];

    private static readonly Gen<Destination[]> _destinations =
        Gen.Select(Gen.Bool, Gen.Int[0, 5].Select(i => _reasons[i])).Array[0, 8].SelectMany(states =>
            Gen.Shuffle(states
                .Select((s, i) => Destinations.Create($"d{i}", i, s.Item1 ? DestinationStatus.Up : DestinationStatus.Down, s.Item2))
                .ToArray()));

    [Fact]
    public void Order_AnyStates_NeverADownDestinationBeforeAnUpOne() => _destinations.Sample(
        destinations =>
        {
            var states = CandidateOrder.Order(destinations, active: null).Select(d => d.Condition.State is DestinationStatus.Up).ToList();
            Assert.Equal(states.OrderByDescending(up => up), states);
        },
        iter: 2_000);

    [Fact]
    public void Order_AnyStates_EveryUpOneOnceAndPreferenceIsKept() => _destinations.Sample(
        destinations =>
        {
            var ordered = CandidateOrder.Order(destinations, active: null);
            Assert.Equal(ordered.Length, ordered.Distinct().Count());
            Assert.Equal(
                destinations.Where(d => d.Condition.State is DestinationStatus.Up).OrderBy(d => d.Model.Preference),
                ordered.Where(d => d.Condition.State is DestinationStatus.Up));
            var lastResort = ordered.Where(d => d.Condition.State is DestinationStatus.Down).ToList();
            Assert.Equal(lastResort.OrderBy(d => d.Model.Preference), lastResort);
            Assert.All(lastResort, d => Assert.True(d.Condition.Reason.IsRefusal()));
        },
        iter: 2_000);
}
