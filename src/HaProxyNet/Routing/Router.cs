using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;

namespace HaProxyNet.Routing;

/// <summary>Which cluster serves a connection.</summary>
internal static class Router
{
    /// <summary>
    /// The cluster of the client's server name where the listener has one for it, else the listener's; none when it has none.
    /// </summary>
    public static Cluster? Route(ProxyConnection connection) => connection.Cluster = Route(connection.Plan, connection.ServerName);

    /// <summary>The same for a client that may come: <c>explain</c> asks.</summary>
    public static Cluster? Route(ListenerPlan plan, string? serverName) => plan.Routes?.Find(serverName) ?? plan.Cluster;
}
