using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Teardown;

/// <summary>The decisions of the teardown table (docs/architecture.md) that need more than a look at one socket. Pure.</summary>
internal static class TeardownRules
{
    /// <summary>
    /// Whether a reset is how this peer answers our FIN (LDAP servers and Kerberos KDCs do), and so an orderly end: everything was
    /// delivered to it, our FIN followed, it had answered before and has sent nothing since. A peer that resets in the middle of an
    /// answer, or without ever having answered, has failed.
    /// </summary>
    /// <param name="hasFin">Whether our FIN went to the peer that reset.</param>
    /// <param name="fromPeer">The direction from the peer that reset.</param>
    public static bool IsAnswerToFin(bool hasFin, in RelayFlow fromPeer)
        => hasFin && fromPeer.Bytes > 0 && fromPeer.Bytes == fromPeer.BytesAtPeerFin;

    /// <summary>
    /// Whether an error of a socket means that the peer's system does not answer any more, as when its machine has lost its power.
    /// </summary>
    public static bool IsSilence(SocketError error)
        => error is SocketError.TimedOut or SocketError.HostUnreachable or SocketError.NetworkUnreachable
            or SocketError.HostDown or SocketError.NetworkDown;

    /// <summary>The outcome when this side reset the connection, or vanished.</summary>
    public static ConnectionOutcome OutcomeOfLoss(RelaySide side, bool hasVanished)
        => hasVanished ? ConnectionOutcome.PeerVanished
            : side is RelaySide.Client ? ConnectionOutcome.ClientReset : ConnectionOutcome.DestinationReset;
}
