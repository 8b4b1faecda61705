using CsCheck;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Failover;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Failover;

/// <summary>Whatever the destinations are like and whatever the policy is.</summary>
public sealed class ActiveChoiceProperties
{
    private static readonly Gen<Contender[]> _contenders =
        Gen.Select(Gen.Int[0, 4], Gen.Long[0, 100], Gen.Long[0, 2]).Array[1, 5].Select(all =>
            all.Select((c, i) => new Contender($"d{i}", i, (DestinationStatus)c.Item1, c.Item2, c.Item3)).ToArray());

    private static readonly Gen<FailbackPolicy> _policy = Gen.Select(Gen.Int[0, 4], Gen.Long[0, 50], (mode, stable)
        => new FailbackPolicy((FailbackMode)mode, stable, new FailbackWindow([], new(2, 0), new(4, 0))));

    private static readonly Gen<Situation> _situation =
        Gen.Select(_contenders, Gen.Int[-1, 5], Gen.Int[-1, 5], Gen.Bool, Gen.Int[0, 23]).Select(
            (contenders, active, pinned, goBack, hour) => new Situation(
                contenders, active < 0 ? null : $"d{active}", pinned < 0 ? null : $"d{pinned}", goBack, 100,
                new DateTime(2026, 1, 3, hour, 0, 0)));

    [Fact]
    public void Choose_AnySituation_OneThatCanBeUsedOrNoneWhenNoneCan() => Gen.Select(_situation, _policy).Sample(
        (situation, policy) =>
        {
            var choice = ActiveChoice.Choose(situation, policy);
            return situation.Contenders.Any(c => c.IsUsable)
                ? situation.Contenders.Single(c => c.Name == choice.Active).IsUsable
                : choice == new Choice(Active: null, IsWaiting: false);
        },
        iter: 5_000);

    [Fact]
    public void Choose_Again_ChangesNothing() => Gen.Select(_situation, _policy).Sample(
        (situation, policy) =>
        {
            var choice = ActiveChoice.Choose(situation, policy);
            return ActiveChoice.Choose(situation with { Active = choice.Active }, policy).Active == choice.Active;
        },
        iter: 5_000);

    [Fact]
    public void Choose_TheActiveOneFails_NeverWaits() => Gen.Select(_situation, _policy).Sample(
        (situation, policy) =>
        {
            var rest = situation.Contenders.Where(c => c.Name != situation.Active).ToArray();
            var choice = ActiveChoice.Choose(situation with { Contenders = rest, Pinned = null }, policy);
            return !choice.IsWaiting && (choice.Active is not null || !rest.Any(c => c.IsUsable));
        },
        iter: 5_000);
}
