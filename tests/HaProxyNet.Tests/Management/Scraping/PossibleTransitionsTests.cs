using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Management.Scraping;
using HaProxyNet.State;
using HaProxyNet.Tests.State;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class PossibleTransitionsTests
{
    [Theory]
    [InlineData("primary", "none", "draining,disabled,refused,reload,reset,timeout,unreachable")]
    [InlineData("none", "primary", "connected,enabled,reload")]
    [InlineData("primary", "secondary", "draining,disabled,refused,reload,reset,switch,timeout,unreachable")]
    [InlineData("secondary", "primary", "connected,enabled,failback,reload,switch")]
    public void Failovers_Pair_HasTheReasonsThatCanBe(string from, string to, string reasons)
        => Assert.Equal(Sorted(reasons), Reasons(Plan(new()), from, to, isHeld: false));

    /// <summary>After an operator's switch, or while a failback waits, the better one is there to go to when the other fails.</summary>
    [Fact]
    public void Failovers_TheBetterOneWaits_CanComeByAFailureOfTheOther()
        => Assert.Equal(
            Sorted("connected,disabled,draining,enabled,failback,refused,reload,reset,switch,timeout,unreachable"),
            Reasons(Plan(new()), "secondary", "primary", isHeld: true));

    /// <summary>In large configurations.</summary>
    [Fact]
    public void Failovers_WithoutOperators_WhatHappensByItself()
        => Assert.Equal(
            ["connected", "refused", "reset", "timeout", "unreachable"],
            PossibleTransitions.Failovers(Plan(new()), isHeld: false, byOperators: false)
                .Select(way => way.Reason).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Failovers_FailbackWaits_OnlyFromAnother()
    {
        var plan = Plan(new() { Failback = { Mode = FailbackMode.StableFor } });

        Assert.Contains("stable", Reasons(plan, "secondary", "primary", isHeld: true));
        Assert.DoesNotContain("stable", Reasons(plan, "none", "primary", isHeld: true));
    }

    /// <summary>Equals share the connections: which of them heads the list is not counted.</summary>
    [Theory]
    [InlineData(SelectionPolicy.RoundRobin, 0)]
    [InlineData(SelectionPolicy.PrimaryPreferred, 8)]
    public void Failovers_SameTier_CountedWhereOneIsPreferred(SelectionPolicy policy, int expected)
    {
        var plan = Plan(new() { Policy = policy }, tierOfSecond: 0);

        Assert.Equal(expected, Reasons(plan, "primary", "secondary", isHeld: false).Count);
    }

    [Theory]
    [InlineData("Auto", true)]
    [InlineData("00:00:00.4", true)]
    [InlineData("00:00:00", false)]
    public void FallThroughs_HedgesAreOff_NoneByAHedge(string hedgeAfter, bool expected)
        => Assert.Equal(
            expected, PossibleTransitions.FallThroughs(Plan(new() { HedgeAfter = hedgeAfter })).Any(way => way.Reason is "hedge"));

    private static ClusterPlan Plan(ClusterOptions options, int tierOfSecond = 1)
        => ClusterPlan.From(
            options, [Destinations.Create("primary"), Destinations.Create("secondary", 1, tier: tierOfSecond)], TimeSpan.TicksPerSecond);

    private static List<string> Reasons(ClusterPlan plan, string from, string to, bool isHeld)
        => [.. PossibleTransitions.Failovers(plan, isHeld)
            .Where(way => way.From == from && way.To == to).Select(way => way.Reason).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sorted(string reasons) => reasons.Split(',').Order(StringComparer.Ordinal);
}
