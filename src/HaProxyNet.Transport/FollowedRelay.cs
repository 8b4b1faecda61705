using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Transport;

/// <summary>A relay that can be awaited, for a follower that is called.</summary>
internal static class FollowedRelay
{
    /// <summary>Waits for the relay, and calls the follower when it has ended.</summary>
    public static async LaneRun RunAsync(LaneConnection connection, ValueTask<RelayResult> relay, IRelayFollower then)
    {
        RelayResult result;
        try
        {
            result = await relay;
        }
#pragma warning disable CA1031 // The follower counts and logs it.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            then.OnFault(connection, fault);
            return;
        }

        then.OnRelayed(connection, result);
    }
}
