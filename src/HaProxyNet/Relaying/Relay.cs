using HaProxyNet.Connections;
using HaProxyNet.Transport;

namespace HaProxyNet.Relaying;

/// <summary>The stage in which bytes flow.</summary>
internal static class Relay
{
    /// <summary>Counts the connection as open with its destination, and moves bytes until it ends; the follower goes on then.</summary>
    public static void Start(ProxyConnection connection, IRelayFollower then)
    {
        connection.OpenIn = connection.Destination!.Traffic(connection.Listener.Index);
        connection.OpenIn.Open();
        var idleTimeout = connection.Cluster!.Plan.IdleTimeout;
        if (connection.ClientEnd is null && connection.DestinationEnd is null)
        {
            connection.Lane.Relay(connection, idleTimeout, then);
        }
        else
        {
            _ = FollowedRelay.RunAsync(connection, SessionRelay.RunAsync(connection, idleTimeout), then);
        }
    }
}
