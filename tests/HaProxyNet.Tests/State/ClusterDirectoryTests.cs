using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State;

public sealed class ClusterDirectoryTests
{
    private readonly KnownAddresses _names = new();
    private readonly ClusterDirectory _clusters;

    public ClusterDirectoryTests()
        => _clusters = new(Options(("a", "10.0.0.1:1"), ("b", "10.0.0.2:1")), _names, new ProxyMetrics(), new FakeTimeProvider());

    [Fact]
    public void Apply_SameNames_KeepsIdentityAndTakesTheNewOrder()
    {
        var cluster = _clusters.Find("agents");
        var (a, b) = (cluster!.Plan.Destinations[0], cluster.Plan.Destinations[1]);

        _clusters.Apply(Options(("b", "10.0.0.2:1"), ("a", "10.0.0.1:1")));

        Assert.Same(cluster, _clusters.Find("agents"));
        Assert.Equal([b, a], cluster.Plan.Destinations);
        Assert.Equal((0, 1), (b.Model.Preference, a.Model.Preference));
    }

    [Fact]
    public void Apply_AddressChanged_TheOldAddressIsGone()
    {
        var a = _clusters.Find("agents")!.Plan.Destinations[0];

        _clusters.Apply(Options(("a", "10.0.0.9:9"), ("b", "10.0.0.2:1")));

        Assert.Equal("10.0.0.9:9", Assert.Single(a.Addresses).ToString());
    }

    [Fact]
    public void Apply_AddressUnchanged_ResolvedAddressesStay()
    {
        var named = new ClusterDirectory(Options(("a", "agent.example:1")), _names, new ProxyMetrics(), new FakeTimeProvider());
        var a = named.Find("agents")!.Plan.Destinations[0];
        a.Addresses = [new(System.Net.IPAddress.Parse("10.1.1.1"), 1)];

        named.Apply(Options(("a", "AGENT.example:1")));

        Assert.Equal("10.1.1.1:1", Assert.Single(a.Addresses).ToString());
    }

    /// <summary>Addresses belong to names: whatever a destination is called, and whichever cluster it moves to.</summary>
    [Theory]
    [InlineData("renamed", "agent.example:1", "10.1.1.1:1")]
    [InlineData("a", "AGENT.example:2", "10.1.1.1:2")]
    [InlineData("a", "other.example:1", "")]
    [InlineData("a", "10.9.9.9:1", "10.9.9.9:1")]
    public void Apply_MovedOrRenamed_HasTheAddressesOfItsName(string name, string address, string expected)
    {
        _names.Note("agent.example", [System.Net.IPAddress.Parse("10.1.1.1")]);
        _clusters.Apply(Options(("a", "agent.example:1")));

        _clusters.Apply(Options((name, address)));

        Assert.Equal(expected, string.Concat(_clusters.Find("agents")!.Plan.Destinations[0].Addresses.Select(a => a.ToString())));
    }

    [Fact]
    public void Keep_NameThatNobodyHas_IsForgotten()
    {
        _names.Note("agent.example", [System.Net.IPAddress.Loopback]);
        _names.Note("gone.example", [System.Net.IPAddress.Loopback]);

        _names.Keep(["AGENT.example"]);

        Assert.True(_names.Has(DestinationAddress.Parse("agent.example:1")));
        Assert.False(_names.Has(DestinationAddress.Parse("gone.example:1")));
    }

    [Fact]
    public void Apply_RemovedWithOpenConnections_IsStillCounted()
    {
        var a = _clusters.Find("agents")!.Plan.Destinations[0];
        a.Traffic(0).Open();

        _clusters.Apply(Options(("b", "10.0.0.2:1")));

        Assert.Equal([a], _clusters.Find("AGENTS")!.Retired);
        Assert.Equal(["b"], _clusters.Find("agents")!.Plan.Destinations.Select(d => d.Name));
    }

    private static ProxyOptions Options(params (string Name, string Address)[] destinations)
    {
        var cluster = new ClusterOptions
        {
            Destinations = [.. destinations.Select(d => new DestinationOptions { Name = d.Name, Address = d.Address })],
        };
        return new ProxyOptions { Clusters = { ["agents"] = cluster } };
    }
}
