using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Connections;

public sealed class GateTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ManagedLane _lane;

    public GateTests() => _lane = new ManagedLane(_time);

    [Theory]
    [InlineData("", "192.0.2.1", true)]
    [InlineData("10.0.0.0/8", "10.200.3.4", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("10.0.0.0/8 192.0.2.7", "192.0.2.7", true)]
    [InlineData("10.0.0.0/8 192.0.2.7", "192.0.2.8", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:11.1.2.3", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("fd00::/8", "10.0.0.1", false)]
    [InlineData("0.0.0.0/0", "fd12::1", false)]
    public async Task Admit_ClientsAddress_OnlyWhoIsAllowed(string allowed, string client, bool expected)
    {
        var listener = CreateListener(allowed, maxConnections: 10);
        var socket = new FakeSocket(client);

        Assert.Equal(expected, Gate.Admit(new ProxyConnection(_lane, listener, socket)));

        Assert.Equal(!expected, socket.WasReset);
        Assert.Equal((expected ? 1 : 0, expected ? 0 : 1), (listener.Open, listener.Refused[RefusalReason.NotAllowed]));
        Assert.Equal(expected ? 1 : 0, (await _lane.Snapshot()).Count);
    }

    [Fact]
    public void Admit_MaxConnectionsOpen_RefusedUntilOneLeaves()
    {
        var listener = CreateListener("", maxConnections: 2);
        Assert.True(Gate.Admit(Connection(listener)));
        Assert.True(Gate.Admit(Connection(listener)));

        Assert.False(Gate.Admit(Connection(listener)));
        Assert.Equal((2, 1), (listener.Open, listener.Refused[RefusalReason.MaxConnections]));

        listener.Leave();
        Assert.True(Gate.Admit(Connection(listener)));
    }

    [Fact]
    public void Labels_EveryRefusal_IsItsOwn()
        => Assert.Equal([
            "max_connections",
            "middleware",
            "no_route",
            "not_allowed",
            "proxy_header_invalid",
            "proxy_header_missing",
            "proxy_header_unexpected",
        ],
            RefusalReasons.All.Select(r => r.Label()).Order());

    public ValueTask DisposeAsync() => _lane.DisposeAsync();

    private ProxyConnection Connection(Listener listener) => new(_lane, listener, new FakeSocket("192.0.2.1"));

    private Listener CreateListener(string allowed, int maxConnections)
    {
        var networks = allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var options = new ClusterOptions();
        var cluster = new Cluster(
            "agents",
            ClusterPlan.From(options, [], _time.TimestampFrequency),
            DestinationSelector.Create(options, _time),
            new FailoverGroup(),
            _time);
        return new Listener(
            "front", 0, l => new ListenerPlan(
                l, new IPEndPoint(IPAddress.Loopback, 0), cluster, new AdmissionRules(AllowedClients.Parse(networks), maxConnections)));
    }
}
