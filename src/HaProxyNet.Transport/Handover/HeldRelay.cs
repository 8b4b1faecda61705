using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Transport.Handover;

/// <summary>
/// A relay as it was at a moment: all that another process needs to go on with it, if its bytes have stood still since. A process that
/// receives the descriptors has its own numbers for them.
/// </summary>
/// <param name="State">What has happened on it.</param>
/// <param name="LastByteAt">When its last byte passed, in timestamps of the machine's monotonic clock.</param>
/// <param name="Client">The client.</param>
/// <param name="Destination">The destination.</param>
/// <param name="FromClient">What is held of the client's bytes.</param>
/// <param name="FromDestination">What is held of the destination's bytes.</param>
internal sealed record HeldRelay(
    RelayState State, long LastByteAt, HeldPeer Client, HeldPeer Destination, HeldDirection FromClient, HeldDirection FromDestination)
{
    /// <summary>The connection that it belongs to, in the process that holds it; null in the one that receives it.</summary>
    public LaneConnection? Connection { get; init; }

    /// <summary>All descriptors, in the order in which they are handed over.</summary>
    public IEnumerable<int> Descriptors
        => ((int[])[
            Client.Descriptor,
            Destination.Descriptor,
            FromClient.PipeOut,
            FromClient.PipeIn,
            FromDestination.PipeOut,
            FromDestination.PipeIn,
        ])
            .Where(descriptor => descriptor >= 0);
}
