using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Failover.Operators;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Failover.Operators;

/// <summary>What goes into the state file.</summary>
public sealed class OperatorMemoryTests
{
    private readonly ClusterDirectory _clusters = new(Options("a", "b"), new KnownAddresses(), new ProxyMetrics(), TimeProvider.System);

    private Cluster Cluster => _clusters.Find("agents")!;

    [Fact]
    public void Merge_NothingSet_NothingIsKept() => Assert.Empty(OperatorMemory.Merge(new(), _clusters.All).Clusters);

    [Fact]
    public void Merge_WhatIsSet_ByName()
    {
        Cluster.Find("a")!.Decision = new(Maintenance.Draining);
        Cluster.Group.Pinned = "b";

        var (name, decisions) = Assert.Single(OperatorMemory.Merge(new(), _clusters.All).Clusters);

        Assert.Equal(("agents", "b"), (name, decisions.SwitchedTo));
        Assert.Equal([KeyValuePair.Create("a", Maintenance.Draining)], decisions.Destinations);
    }

    [Fact]
    public void Merge_WhatWasTakenBack_IsForgotten()
    {
        Cluster.Find("a")!.Decision = new(Maintenance.Disabled);
        var before = OperatorMemory.Merge(new(), _clusters.All);
        Cluster.Find("a")!.Decision = new(Maintenance.None);

        Assert.Empty(OperatorMemory.Merge(before, _clusters.All).Clusters);
    }

    [Fact]
    public void Merge_NamesThatAreNotConfigured_AreKept()
    {
        var known = new OperatorDecisions();
        known.Clusters["gone"] = new() { SwitchedTo = "x" };
        known.Clusters["AGENTS"] = new() { SwitchedTo = "b" };
        known.Clusters["AGENTS"].Destinations["c"] = Maintenance.Disabled;
        known.Clusters["AGENTS"].Destinations["a"] = Maintenance.Draining;

        var merged = OperatorMemory.Merge(known, _clusters.All);

        Assert.Equal("x", merged.Clusters["gone"].SwitchedTo);
        Assert.Null(merged.Clusters["agents"].SwitchedTo);
        Assert.Equal([KeyValuePair.Create("c", Maintenance.Disabled)], merged.Clusters["agents"].Destinations);
    }

    private static ProxyOptions Options(params string[] names)
    {
        var options = new ProxyOptions();
        options.Clusters["agents"] = new()
        {
            Destinations = [.. names.Select(n => new DestinationOptions { Name = n, Address = "127.0.0.1:1" })],
        };
        return options;
    }
}
