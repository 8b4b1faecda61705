using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>What is said of a failed handshake with a destination, and what to look at.</summary>
internal static class HandshakeAdvice
{
    /// <summary>The sentence, without its full stop.</summary>
    /// <param name="result">How the handshake ended.</param>
    /// <param name="limit">How long it was allowed to take.</param>
    public static string Of(HandshakeResult result, TimeSpan limit) => result.Status switch
    {
        HandshakeStatus.TimedOut => $"{result.Words}: more than {limit.TotalSeconds} s",
        HandshakeStatus.NotTls => $"{result.Words}. Is this its TLS port",
        HandshakeStatus.PeerGone => $"{result.Words}. Is this its TLS port, and has it a certificate",
        _ => result.Words,
    };
}
