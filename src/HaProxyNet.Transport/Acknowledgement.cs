using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// How many bytes of one side the other side's system has confirmed. It tells an operator whether an agent can have a request. Where TLS is
/// on the wire, it is a lower bound. Pure.
/// </summary>
internal static class Acknowledgement
{
    /// <summary>What is said where nobody knows.</summary>
    public const long Unknown = RelayResult.Unknown;

    /// <summary>The bytes that are confirmed, or <see cref="Unknown"/>.</summary>
    /// <param name="delivered">Bytes that the relay counts as given to the receiver.</param>
    /// <param name="held">Of these, those that may not have left the relay yet.</param>
    /// <param name="unacknowledged">What the receiver's socket holds; below zero: unknown.</param>
    /// <param name="hasFin">Whether our FIN went to the receiver: it counts as a byte.</param>
    public static long Of(long delivered, long held, int unacknowledged, bool hasFin)
        => unacknowledged < 0 ? Unknown : Math.Max(delivered - held - Math.Max(unacknowledged - (hasFin ? 1 : 0), 0), 0);

    /// <summary>
    /// The result of a relay that does not end in order, with what is confirmed of both directions. The sockets are still open.
    /// </summary>
    public static RelayResult Of(in RelayState state, TransportSocket client, TransportSocket destination, long heldIn =
        0, long heldOut = 0)
    {
        var result = state.Result;
        return result with
        {
            AckedIn = Of(result.BytesIn, heldIn, destination.Unacknowledged, state.HasFinished(RelaySide.Client)),
            AckedOut = Of(result.BytesOut, heldOut, client.Unacknowledged, state.HasFinished(RelaySide.Destination)),
        };
    }
}
