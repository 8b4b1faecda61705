namespace HaProxyNet.Transport.Handover;

/// <summary>A lane that can give its relays to another process, and take over those of one. Any thread.</summary>
internal interface IHandoverLane
{
    /// <summary>
    /// Describes the relays while their bytes move on. Descriptors are copies that the caller closes. A relay that ends after this
    /// tells its peers so at once, although other processes may have copies still.
    /// </summary>
    /// <param name="atOnce">The most of them in one piece: between two pieces the lane does its other work.</param>
    IAsyncEnumerable<IReadOnlyList<HeldRelay>> CopyAsync(int atOnce);

    /// <summary>Holds relays: from the return on none of their bytes moves.</summary>
    /// <param name="isWanted">Whether a connection is meant. Called on the lane.</param>
    Task<IReadOnlyList<HeldRelay>> HoldAsync(Func<LaneConnection, bool> isWanted);

    /// <summary>Takes relays back: their bytes move again.</summary>
    Task GoOnAsync(IReadOnlyList<HeldRelay> relays);

    /// <summary>Forgets relays that another process goes on with: nothing is sent to the peers, for their connections live on.</summary>
    /// <param name="relays">What was held.</param>
    /// <param name="then">Called for each connection, on the lane.</param>
    Task LeaveAsync(IReadOnlyList<HeldRelay> relays, Action<LaneConnection> then);

    /// <summary>
    /// Makes all ready for relays of another process, which still moves their bytes. Those that the system refuses stay without sockets.
    /// </summary>
    Task PrepareAsync(IReadOnlyList<ReceivedRelay> relays);

    /// <summary>Goes on with relays of another process, prepared or not. Returns at once.</summary>
    /// <param name="relays">What was received.</param>
    /// <param name="make">Makes the connection of a relay from its two sockets, on the lane.</param>
    /// <param name="then">What goes on with each connection after its relay.</param>
    void Adopt(
        IReadOnlyList<ReceivedRelay> relays,
        Func<ReceivedRelay, TransportSocket, TransportSocket, LaneConnection> make,
        IRelayFollower then);

    /// <summary>Forgets prepared relays, which the other process keeps or has ended. Returns at once.</summary>
    void Drop(IReadOnlyList<ReceivedRelay> relays);
}
