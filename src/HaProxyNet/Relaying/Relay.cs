using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

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
            _ = FollowAsync(connection, SessionRelay.RunAsync(connection, idleTimeout), then);
        }
    }

    /// <summary>Waits for a relay that can be awaited.</summary>
    public static async LaneRun FollowAsync(ProxyConnection connection, ValueTask<RelayResult> relay, IRelayFollower then)
    {
        RelayResult result;
        try
        {
            result = await relay;
        }
#pragma warning disable CA1031 // Whoever follows counts and logs it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            then.OnFault(connection, fault);
            return;
        }

        then.OnRelayed(connection, result);
    }
}
