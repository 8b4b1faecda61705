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
        var idleTimeout = connection.Cluster!.Plan.IdleTimeout;
        return connection.ClientEnd is null && connection.DestinationEnd is null
            ? connection.Lane.RelayAsync(connection, idleTimeout)
            : SessionRelay.RunAsync(connection, idleTimeout);
    }
}
