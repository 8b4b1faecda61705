using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Listening;
using HaProxyNet.Management.Scraping;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class PossibleOutcomesTests
{
    private const string Always = "client_reset,closed_by_admin,completed,destination_reset,drain_deadline,internal_error,peer_vanished";
    private const string Before = "client_aborted,drain_deadline,internal_error,no_destination";

    private readonly Cluster _own = Cluster("own");
    private readonly Cluster _routed = Cluster("routed");

    [Fact]
    public void Connected_Defaults_WhatPeersAndOperatorsDo() => Assert.Equal(Sorted(Always), Connected(new()));

    [Fact]
    public void Connected_Policies_WhatTheyEnd()
        => Assert.Equal(
            Sorted(Always + ",destination_down,failed_back,idle_timeout"),
            Connected(new()
            {
                IdleTimeout = TimeSpan.FromMinutes(1),
                Failback = { Sessions = FailbackSessions.Close },
                WhenDown = { Sessions = FailureSessions.Close },
            }));

    [Fact]
    public void Connected_Encrypted_CanBreakTls() => Assert.Contains("tls_failed", Connected(new() { Tls = { Enabled = true } }));

    [Fact]
    public void Unconnected_NothingIsWaitedFor_NothingIsLate()
        => Assert.Equal(Sorted(Before), Unconnected(Listener(), _own));

    [Fact]
    public void Unconnected_HelloIsRead_LateOnesHaveNoNameYet()
    {
        var listener = Listener(hello: TimeSpan.FromSeconds(1));

        Assert.Equal(Sorted(Before + ",crowded_out,hello_timeout"), Unconnected(listener, _own));
        Assert.Equal(Sorted(Before), Unconnected(listener, _routed));
    }

    [Fact]
    public void Unconnected_FirstByteIsWaitedFor_TheNameMayBeKnown()
    {
        var listener = Listener(hello: TimeSpan.FromSeconds(1), firstByte: TimeSpan.FromSeconds(1));

        Assert.Equal(Sorted(Before + ",crowded_out,first_byte_timeout"), Unconnected(listener, _routed));
    }

    private static Cluster Cluster(string name)
    {
        var options = new ClusterOptions();
        return new Cluster(
            name,
            ClusterPlan.From(options, [], TimeSpan.TicksPerSecond),
            DestinationSelector.Create(options, TimeProvider.System),
            new FailoverGroup(),
            TimeProvider.System);
    }

    private ListenerPlan Listener(TimeSpan? hello = null, TimeSpan? firstByte = null)
    {
        var rules = new AdmissionRules(AllowedClients.Parse([]), 10);
        ListenerPlan? plan = null;
        _ = new Listener(
            "front",
            0,
            l => plan = new ListenerPlan(l, new IPEndPoint(IPAddress.Loopback, 0), _own, rules, [("routed.example", _routed)])
            {
                HelloTimeout = hello,
                FirstByte = firstByte,
            });
        return plan!;
    }

    private List<string> Connected(ClusterOptions options)
    {
        var plan = ClusterPlan.From(options, [], TimeSpan.TicksPerSecond);
        return Labels(outcome => PossibleOutcomes.HasConnected(outcome, Listener(), plan));
    }

    private static List<string> Unconnected(ListenerPlan listener, Cluster cluster)
        => Labels(outcome => PossibleOutcomes.HasUnconnected(outcome, listener, cluster));

    private static List<string> Labels(Func<ConnectionOutcome, bool> has)
        => [.. PossibleOutcomes.All.Where(has).Select(outcome => outcome.Label()).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Sorted(string labels) => labels.Split(',').Order(StringComparer.Ordinal);
}
