using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Terminating;

/// <summary>What a listener with Mode Terminate needs for its handshakes.</summary>
/// <param name="Name">The listener's name.</param>
/// <param name="Settings">What clients are offered.</param>
/// <param name="Timeout">How long a handshake may take; as long may a client wait for its turn.</param>
/// <param name="Turns">Bounds the handshakes under way.</param>
internal sealed record TerminatingListener(string Name, TlsServerSettings Settings, TimeSpan Timeout, HandshakeTurns Turns)
{
    /// <summary>The handshakes so far.</summary>
    public HandshakeCounters Counters { get; } = new();
}
