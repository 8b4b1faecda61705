using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Terminating;

/// <summary>What a listener with Mode Terminate needs for its handshakes. Immutable; a reload replaces it.</summary>
/// <param name="Name">The listener's name.</param>
/// <param name="Settings">What clients are offered.</param>
/// <param name="Timeout">How long a handshake may take; a client that has to wait for its turn has as long again.</param>
/// <param name="MostAtOnce">How many handshakes may be worked on.</param>
/// <param name="Turns">Bounds the handshakes that are worked on at once.</param>
internal sealed record TerminatingListener(string Name, TlsServerSettings Settings, TimeSpan Timeout, int MostAtOnce, HandshakeTurns Turns)
{
    /// <summary>
    /// Reads the settings. What is the same as before stays the same object: sessions can be resumed, and turns that are taken count.
    /// </summary>
    public static TerminatingListener From(string name, TlsServerSettings settings, ListenerTlsOptions options, TerminatingListener? before)
        => new(
            name,
            before is not null && before.Settings.IsSame(settings) ? before.Settings : settings,
            options.HandshakeTimeout,
            options.MaxHandshakes,
            before is not null && before.MostAtOnce == options.MaxHandshakes ? before.Turns : new HandshakeTurns(options.MaxHandshakes));
}
