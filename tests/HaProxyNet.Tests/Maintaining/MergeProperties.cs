using CsCheck;
using HaProxyNet.Maintaining;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>Any decisions of two proxies that did not know of each other.</summary>
public sealed class MergeProperties
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private static readonly Gen<MaintenanceDecision> _decision =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 5], Gen.Int[0, 1], Gen.Int[0, 9], (what, second, node, force) =>
            new MaintenanceDecision((Maintenance)what)
            {
                Node = $"proxy{node}",
                By = "uid 0",
                At = _noon.AddSeconds(second),
                IsForced = force == 0,
            });

    private static readonly Gen<MaintenanceSet> _set = Gen.Select(Gen.Int[0, 3], _decision).Array[0, 6].Select(
        decisions => MaintenanceSet.Of(decisions.Select(d => KeyValuePair.Create($"d{d.Item1}", d.Item2))));

    private static readonly Gen<string[]> _names = Gen.Int[2, 4].Select(count => Enumerable.Range(0, count).Select(i => $"d{i}").ToArray());

    [Fact]
    public void Merge_DoesNotDependOnWhoAsks_AndIsDoneOnce() => Gen.Select(_set, _set, _names).Sample((ours, theirs, names) =>
    {
        var merged = Agreement.Merge(ours, theirs, names).Set;
        return merged.Equals(Agreement.Merge(theirs, ours, names).Set)
            && merged.Equals(Agreement.Merge(merged, ours, names).Set)
            && merged.Equals(Agreement.Merge(merged, theirs, names).Set);
    });

    [Fact]
    public void Merge_AllAreOut_OnlyByForce() => Gen.Select(_set, _set, _names).Sample((ours, theirs, names) =>
    {
        var merged = Agreement.Merge(ours, theirs, names).Set;
        return !names.All(name => merged[name].IsOut) || names.Any(name => merged[name].IsForced);
    });

    /// <summary>Whatever each proxy does in whichever order, and whenever it hears of the other: both come to know the same.</summary>
    [Fact]
    public void AnyHistory_BothAgreeInTheEnd_AndNeverIsAllOutWithoutForce()
    {
        var step = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[-3, 3], Gen.Int[0, 1]);
        Gen.Select(_names, step.Array[1, 40]).Sample((names, steps) =>
        {
            var known = new[] { MaintenanceSet.Empty, MaintenanceSet.Empty };
            var store = MaintenanceSet.Empty;
            foreach (var ((node, destination, what, skew, isAway), index) in steps.Select((s, i) => (s, i)))
            {
                var decision = new MaintenanceDecision((Maintenance)what)
                {
                    Node = $"proxy{node}",
                    By = "uid 0",
                    At = _noon.AddSeconds(index + skew),
                };
                var before = isAway == 1 ? known[node] : Agreement.Merge(known[node], store, names).Set;
                known[node] = Verdict.Of(before, names, new("c", names[destination % names.Length], decision)).Set;
                store = isAway == 1 ? store : known[node];
                Assert.All([known[0], known[1], store], set => Assert.Contains(names, name => !set[name].IsOut));
            }

            store = Agreement.Merge(store, known[0], names).Set;
            store = Agreement.Merge(store, known[1], names).Set;
            known[0] = Agreement.Merge(known[0], store, names).Set;
            store = Agreement.Merge(store, known[0], names).Set;
            known[1] = Agreement.Merge(known[1], store, names).Set;
            Assert.Equal(store, known[0]);
            Assert.Equal(store, known[1]);
            Assert.Contains(names, name => !store[name].IsOut);
        });
    }
}
