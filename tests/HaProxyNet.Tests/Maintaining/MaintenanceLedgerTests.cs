using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Maintaining;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>What an operator is answered when the store's answer was lost on the way, and the request was repeated.</summary>
public sealed class MaintenanceLedgerTests
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(_noon);
    private readonly MemoryStore _store = new() { LostAnswers = 1 };
    private readonly Cluster _cluster;
    private readonly MaintenanceLedger _ledger;

    public MaintenanceLedgerTests()
    {
        var options = new ProxyOptions();
        options.Maintenance.Node = "proxy1";
        options.Clusters["agents"] = new()
        {
            Destinations = [.. new[] { "a", "b", "c" }.Select(n => new DestinationOptions { Name = n, Address = "127.0.0.1:1" })],
        };
        var metrics = new ProxyMetrics();
        _cluster = new ClusterDirectory(options, new KnownAddresses(), metrics, _time).Find("agents")!;
        _ledger = new(
            _store,
            new StoreCondition(options, metrics, _time, NullLogger<StoreCondition>.Instance),
            new MaintenanceInForce(new SettingControl(), NullLogger<MaintenanceInForce>.Instance),
            options,
            _time);
    }

    [Fact]
    public async Task AnswerLost_TheChangeIsTheOperators()
    {
        var change = await DrainAsync("a");

        Assert.Equal((true, null), (change.HasChanged, change.Refusal));
        Assert.Equal(("proxy1", "uid 7"), (_cluster.Find("a")!.Decision.Node, _cluster.Find("a")!.Decision.By));
    }

    /// <summary>The clock of the other proxy is ahead: the decision is written with a later time than it was asked for.</summary>
    [Fact]
    public async Task AnswerLost_ClockIsBehind_TheChangeIsTheOperators()
    {
        _store.Stored = new(MaintenanceSet.Empty.With("a", Decision(Maintenance.None, _noon.AddSeconds(5))), 3);

        var change = await DrainAsync("a");

        Assert.True(change.HasChanged);
        Assert.Equal("uid 7", _store.Stored.Set["a"].By);
    }

    [Fact]
    public async Task AnswerLost_ClockIsBehind_AndAnotherDestinationHasChangedSince_TheChangeIsTheOperators()
    {
        _store.Stored = new(MaintenanceSet.Empty.With("a", Decision(Maintenance.None, _noon.AddSeconds(5))), 3);
        _store.Meanwhile = store =>
            store.Stored = new(store.Stored.Set.With("b", Decision(Maintenance.Draining, _noon)), store.Stored.Revision + 1);

        var change = await DrainAsync("a");

        Assert.True(change.HasChanged);
        Assert.Equal((Maintenance.Draining, Maintenance.Draining), (_cluster.Find("a")!.Maintenance, _cluster.Find("b")!.Maintenance));
    }

    /// <summary>Somebody else was first in truth, with the same wish.</summary>
    [Fact]
    public async Task SomebodyElseHasDrainedIt_IsNoChange()
    {
        _store.Stored = new(MaintenanceSet.Empty.With("a", Decision(Maintenance.Draining, _noon.AddSeconds(5))), 3);

        Assert.False((await DrainAsync("a")).HasChanged);
        Assert.Equal("proxy2", _cluster.Find("a")!.Decision.Node);
    }

    private static MaintenanceDecision Decision(Maintenance maintenance, DateTimeOffset at)
        => new(maintenance) { Node = "proxy2", By = "uid 0", At = at };

    private Task<MaintenanceChange> DrainAsync(string name)
        => _ledger.ChangeAsync(_cluster, _cluster.Find(name)!, Maintenance.Draining, "uid 7", isForced: false);
}
