using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Routing;

/// <summary>Which cluster serves a connection.</summary>
internal static class Router
{
    /// <summary>The listener's cluster.</summary>
    public static Cluster Route(ProxyConnection connection) => connection.Cluster = connection.Listener.Cluster;
}
