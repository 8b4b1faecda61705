namespace HaProxyNet.Transport.Handover;

/// <summary>A lane that can give its relays to another process, and take over those of one. Any thread.</summary>
internal interface IHandoverLane
{
    /// <summary>Holds the relays whose last byte passed before a moment: from the return on none of their bytes moves.</summary>
    Task<IReadOnlyList<HeldRelay>> HoldAsync(long quietSince);

    /// <summary>Takes relays back: their bytes move again.</summary>
    Task GoOnAsync(IReadOnlyList<HeldRelay> relays);

    /// <summary>Forgets relays that another process goes on with: nothing is sent to the peers, for their connections live on.</summary>
    /// <param name="relays">What was held.</param>
    /// <param name="then">Called for each connection, on the lane.</param>
    Task LeaveAsync(IReadOnlyList<HeldRelay> relays, Action<LaneConnection> then);

    /// <summary>Goes on with relays of another process. Returns at once.</summary>
    /// <param name="relays">What was received.</param>
    /// <param name="make">Makes the connection of a relay from its two sockets, on the lane.</param>
    /// <param name="then">What goes on with each connection after its relay.</param>
    void Adopt(
        IReadOnlyList<HeldRelay> relays,
        Func<HeldRelay, TransportSocket, TransportSocket, LaneConnection> make,
        IRelayFollower then);
}
