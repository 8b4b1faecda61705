using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// Says in an operator's words why a handshake failed. Libraries tell it by texts that differ between systems; so what can be seen on the
/// wire goes first.
/// </summary>
internal static class HandshakeFaults
{
    /// <summary>Content types of a TLS record (RFC 8446, 5.1).</summary>
    private const int Alert = 21;
    private const int Handshake = 22;

    /// <summary>OpenSSL's words for a message that is longer than is taken: the chain of certificates is the one that can be.</summary>
    private const string TooLong = "excessive message size";

    private static readonly string[] _noAgreement =
    [
        "no shared cipher",
        "no cipher",
        "unsupported protocol",
        "protocol version",
        "no suitable",
        "no application protocol",
        "version too low",
        "no shared group",
    ];

    /// <summary>
    /// Whether a stream that begins with this byte can be TLS. Libraries decide by what follows it, too, and may wait for the rest of a
    /// "record" that never comes: that of an SSL 2 hello, or of noise with a version in the right place.
    /// </summary>
    public static bool IsTls(int firstByte) => firstByte is Handshake or Alert;

    /// <summary>The end of a handshake that has failed.</summary>
    /// <param name="reason">The library's text.</param>
    /// <param name="firstByte">The first byte that came from the peer; below zero: none did.</param>
    /// <param name="hasEnded">Whether the peer has sent its FIN or has reset.</param>
    /// <param name="refusal">Why the peer's certificate was refused; empty: it was not.</param>
    public static HandshakeResult Judge(string reason, int firstByte, bool hasEnded, string refusal)
    {
        if (refusal.Length > 0)
        {
            return new(HandshakeStatus.CertificateRefused, refusal);
        }

        if (firstByte >= 0 && !IsTls(firstByte))
        {
            return new(HandshakeStatus.NotTls, "what it sent is not TLS");
        }

        if (reason.Contains(TooLong, StringComparison.OrdinalIgnoreCase))
        {
            return TooMuch;
        }

        if (reason.Contains("alert", StringComparison.OrdinalIgnoreCase) || firstByte is Alert)
        {
            return IsAboutTerms(reason)
                ? new(HandshakeStatus.NoAgreement, $"it allows no version, cipher suite or protocol that is allowed here ({reason})")
                : new(HandshakeStatus.RefusedByPeer, $"it does not take our certificate or our terms ({reason})");
        }

        if (hasEnded)
        {
            return new(HandshakeStatus.PeerGone, "it went away during the handshake");
        }

        return IsAboutTerms(reason)
            ? new(HandshakeStatus.NoAgreement, $"there is no version, cipher suite or protocol that both sides allow ({reason})")
            : new(HandshakeStatus.Failed, $"the handshake broke off ({reason})");
    }

    /// <summary>The end of a handshake in which the peer sent more than is judged.</summary>
    public static HandshakeResult TooMuch { get; } = new(
        HandshakeStatus.CertificateRefused,
        $"its chain of certificates is longer than the {ChainLimits.MostBytes / 1024} KB that are judged");

    /// <summary>The end of a handshake in which the proxy or its TLS library has failed in a way that nobody foresaw.</summary>
    public static HandshakeResult Unforeseen(Exception fault)
        => new(HandshakeStatus.Failed, $"a fault of the proxy or its TLS library ended it ({fault.GetType().Name}: {fault.Message})");

    private static bool IsAboutTerms(string reason) => _noAgreement.Any(n => reason.Contains(n, StringComparison.OrdinalIgnoreCase));
}
