using HaProxyNet.Transport;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// A TLS session on a socket: the seam between the proxy and a TLS library. First the handshake, once; after it has succeeded the session
/// is a <see cref="RelayEnd"/> like any other.
/// </summary>
internal abstract class TlsSession(LaneSocket socket) : RelayEnd(socket)
{
    /// <summary>What was agreed on; empty before the handshake is done.</summary>
    public TlsFacts Facts { get; protected set; } = TlsFacts.None;

    /// <summary>
    /// Agrees with the peer. Never throws for what a peer or the network does. <see cref="LaneSocket.Cancel"/> ends it early: it returns
    /// soon. The socket stays open whatever the result is.
    /// </summary>
    /// <param name="pace">Every wait for the peer goes through it.</param>
    public abstract ValueTask<HandshakeResult> HandshakeAsync(IHandshakePace pace);
}
