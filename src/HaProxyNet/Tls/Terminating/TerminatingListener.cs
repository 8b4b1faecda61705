using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Terminating;

/// <summary>What a listener with Mode Terminate needs for its handshakes.</summary>
/// <param name="Name">The listener's name.</param>
/// <param name="Settings">What clients are offered.</param>
/// <param name="Timeout">How long a handshake may take; a client that has to wait for its turn has as long again.</param>
/// <param name="Turns">Bounds the handshakes that are worked on at once.</param>
internal sealed record TerminatingListener(string Name, TlsServerSettings Settings, TimeSpan Timeout, HandshakeTurns Turns)
{
    /// <summary>The handshakes so far.</summary>
    public HandshakeCounters Counters { get; } = new();
}
