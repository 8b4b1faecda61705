using HaProxyNet.Transport;

namespace HaProxyNet.Relaying;

/// <summary>The stage in which bytes flow.</summary>
internal static class Relay
{
    /// <summary>Counts the connection as open with its destination, and moves bytes until it ends.</summary>
    public static ValueTask<RelayResult> RunAsync(ProxyConnection connection)
    {
        connection.OpenIn = connection.Destination!.Traffic(connection.Listener.Index);
        connection.OpenIn.Open();
        return connection.Lane.RelayAsync(connection, connection.Cluster!.Plan.IdleTimeout);
    }
}
