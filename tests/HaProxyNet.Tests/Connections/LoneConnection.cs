using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Connections;

/// <summary>A connection of a listener that has one cluster, and of a client that is not there, unless a test has one.</summary>
internal static class LoneConnection
{
    public static ProxyConnection On(Lane lane, TimeProvider time, TransportSocket? client = null)
    {
        var options = new ClusterOptions();
        var cluster = new Cluster(
            "agents",
            ClusterPlan.From(options, [], time.TimestampFrequency),
            DestinationSelector.Create(options, time),
            new FailoverGroup(),
            time);
        var rules = new AdmissionRules(AllowedClients.Parse([]), 10);
        var listener = new Listener("front", 0, l => new ListenerPlan(l, new IPEndPoint(IPAddress.Loopback, 0), cluster, rules));
        return new ProxyConnection(lane, listener, client ?? new FakeSocket("192.0.2.1")) { Cluster = cluster };
    }
}
