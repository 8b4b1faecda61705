using HaProxyNet.Connections;
using HaProxyNet.Transport;

namespace HaProxyNet;

/// <summary>The stage in which bytes flow.</summary>
internal static class Relay
{
    /// <summary>Counts the connection as open with its destination, and moves bytes until it ends; the follower goes on then.</summary>
    public static void Start(ProxyConnection connection, IRelayFollower then)
    {
        connection.OpenIn = connection.Destination!.Traffic(connection.Listener.Index);
        connection.OpenIn.Open();
        var lane = connection.Lane;
        if (connection.ClientEnd is null && connection.DestinationEnd is null)
        {
            lane.Relay(connection, then);
            return;
        }

        var client = connection.ClientEnd ??= new PlainEnd(lane.Open(connection, connection.Client));
        var destination = connection.DestinationEnd ??= new PlainEnd(lane.Open(connection, connection.DestinationSocket!));
        _ = PumpedRelay.StartAsync(connection, client, destination, then);
    }
}
