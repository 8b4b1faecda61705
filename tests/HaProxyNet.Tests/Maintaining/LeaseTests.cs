using HaProxyNet.Maintaining;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>What becomes of an operator's wish, and of two that did not know of each other.</summary>
public sealed class LeaseTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly string[] _pair = ["primary", "secondary"];

    [Theory]
    [InlineData("", "primary", "Draining", false, true, false)]
    [InlineData("primary", "secondary", "Draining", false, false, true)]
    [InlineData("primary", "secondary", "Disabled", false, false, true)]
    [InlineData("primary", "secondary", "Draining", true, true, false)]
    [InlineData("primary", "primary", "Disabled", false, true, false)]
    [InlineData("primary", "primary", "Draining", false, false, false)]
    [InlineData("primary", "PRIMARY", "None", false, true, false)]
    [InlineData("primary", "secondary", "None", false, false, false)]
    [InlineData("primary secondary", "secondary", "Disabled", false, true, false)]
    public void Wish_OfAPair(string outOfService, string destination, string maintenance, bool isForced, bool hasChanged, bool isRefused)
    {
        var verdict = Verdict.Of(Out(outOfService), _pair, Wish(destination, maintenance, isForced));

        Assert.Equal((hasChanged, isRefused), (verdict.HasChanged, verdict.Refusal is not null));
        Assert.Equal(
            hasChanged ? Enum.Parse<Maintenance>(maintenance) : Out(outOfService)[destination].Maintenance,
            verdict.Set[destination].Maintenance);
    }

    [Fact]
    public void Refusal_SaysWhoHoldsIt_WhereAndSinceWhen_AndWhatToDo()
    {
        var set = MaintenanceSet.Empty.With("primary", new(Maintenance.Draining) { Node = "proxy1", By = "uid 0", At = _noon });

        Assert.Equal(
            "agents/secondary stays in service: it is the last one of agents. agents/primary is out (drained on proxy1 by uid 0 at "
                + "2026-11-30 12:00:00Z); "
                + "'enable agents/primary' puts it back, --wait T waits for that, --force takes this one out as well",
            Verdict.Of(set, _pair, Wish("secondary", "Draining", isForced: false)).Refusal);
    }

    /// <summary>It has nobody to leave the clients to: that is what its operator wants.</summary>
    [Fact]
    public void Wish_ClusterOfOne_IsGranted()
    {
        var verdict = Verdict.Of(MaintenanceSet.Empty, ["only"], Wish("only", "Draining", isForced: false));

        Assert.True(verdict.HasChanged);
        Assert.Equal(verdict.Set, Agreement.Merge(verdict.Set, MaintenanceSet.Empty, ["only"]).Set);
    }

    [Theory]
    [InlineData("a b", "c", true)]
    [InlineData("a", "c", false)]
    [InlineData("a b gone", "c", true)]
    [InlineData("a gone", "c", false)]
    public void Wish_ThreeDestinations_OneStays(string outOfService, string destination, bool isRefused)
        => Assert.Equal(
            isRefused, Verdict.Of(Out(outOfService), ["a", "b", "c"], Wish(destination, "Draining", isForced: false)).Refusal is not null);

    /// <summary>A clock that is behind must not make an operator's word older than what it overrides.</summary>
    [Fact]
    public void Wish_ClockIsBehind_IsLaterAllTheSame()
    {
        var set = MaintenanceSet.Empty.With("primary", new(Maintenance.Draining) { Node = "proxy2", At = _noon.AddHours(1) });

        var verdict = Verdict.Of(set, _pair, Wish("primary", "None", isForced: false));

        Assert.True(verdict.Set["primary"].IsLaterThan(set["primary"]));
        Assert.Equal(Maintenance.None, Agreement.Merge(verdict.Set, set, _pair).Set["primary"].Maintenance);
    }

    /// <summary>The answer of the store was lost on the way: the second look finds the own decision there.</summary>
    [Fact]
    public void Wish_HasGotInAlready_CountsAsAChange()
    {
        var wish = Wish("primary", "Draining", isForced: false);

        Assert.True(Verdict.Of(MaintenanceSet.Empty.With("primary", wish.Decision), _pair, wish).HasChanged);
    }

    [Fact]
    public void Merge_BothTakenOutApart_TheLaterOneIsPutBack()
    {
        var ours = MaintenanceSet.Empty.With("primary", Taken("proxy1", _noon));
        var theirs = MaintenanceSet.Empty.With("secondary", Taken("proxy2", _noon.AddSeconds(1)));

        var merged = Agreement.Merge(ours, theirs, _pair);

        Assert.Equal((Maintenance.Draining, Maintenance.None), (merged.Set["primary"].Maintenance, merged.Set["secondary"].Maintenance));
        Assert.Equal(("secondary", theirs["secondary"]), (merged.PutBack, merged.Overruled));
        Assert.Equal(merged.Set, Agreement.Merge(theirs, ours, _pair).Set);
        Assert.Null(Agreement.Merge(merged.Set, theirs, _pair).PutBack);
    }

    [Fact]
    public void Merge_TheLaterOneWasForced_BothAreOut()
    {
        var ours = MaintenanceSet.Empty.With("primary", Taken("proxy1", _noon));
        var theirs = MaintenanceSet.Empty.With("secondary", Taken("proxy2", _noon.AddSeconds(1)) with { IsForced = true });

        Assert.Null(Agreement.Merge(ours, theirs, _pair).PutBack);
    }

    [Fact]
    public void Merge_PutBackHere_OverridesWhatTheStoreStillHas()
    {
        var theirs = MaintenanceSet.Empty.With("primary", Taken("proxy1", _noon));
        var ours = MaintenanceSet.Empty.With("primary", new(Maintenance.None) { Node = "proxy2", At = _noon.AddSeconds(1) });

        Assert.Equal(Maintenance.None, Agreement.Merge(ours, theirs, _pair).Set["primary"].Maintenance);
    }

    private static MaintenanceDecision Taken(string node, DateTimeOffset at)
        => new(Maintenance.Draining) { Node = node, By = "uid 0", At = at };

    private static MaintenanceSet Out(string names)
        => MaintenanceSet.Of(names
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => KeyValuePair.Create(name, Taken("proxy1", _noon))));

    private static MaintenanceWish Wish(string destination, string maintenance, bool isForced)
        => new(
            "agents",
            destination,
            new(Enum.Parse<Maintenance>(maintenance)) { Node = "proxy2", By = "uid 0", At = _noon.AddMinutes(1), IsForced = isForced });
}
