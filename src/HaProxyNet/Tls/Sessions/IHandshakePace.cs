namespace HaProxyNet.Tls.Sessions;

/// <summary>Says when a handshake may work: many handshakes may be open at once, and few are worked on.</summary>
internal interface IHandshakePace
{
    /// <summary>
    /// Waits for the peer, and works for nobody meanwhile; then waits until there is room to work again. Every wait of a handshake goes
    /// through here, on the connection's lane.
    /// </summary>
    /// <param name="wait">What is waited for: bytes of the peer, or room to send.</param>
    /// <returns>False when the handshake was ended meanwhile: the socket says so as well.</returns>
    ValueTask<bool> RestAsync(ValueTask wait);
}
