using HaProxyNet.Connections;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>The stage in which a connection gets its cluster.</summary>
internal static class Router
{
    /// <summary>
    /// Null when the connection has its cluster; otherwise its end, with the reason in <see cref="ProxyConnection.Refusal"/>.
    /// </summary>
    public static ConnectionOutcome? Route(ProxyConnection connection)
    {
        connection.Cluster = connection.Plan.ClusterOf(connection.ServerName);
        if (connection.Cluster is not null)
        {
            return null;
        }

        connection.Refusal = RefusalReason.NoRoute;
        return ConnectionOutcome.NoDestination;
    }
}
