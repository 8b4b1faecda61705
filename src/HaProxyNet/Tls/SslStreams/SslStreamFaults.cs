using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// Says in an operator's words why a handshake failed. <see cref="System.Net.Security.SslStream"/> tells it by the text of exceptions that
/// differ between systems; so what can be seen on the wire goes first.
/// </summary>
internal static class SslStreamFaults
{
    /// <summary>Content types of a TLS record (RFC 8446, 5.1).</summary>
    private const int Alert = 21;
    private const int Handshake = 22;

    /// <summary>Longer texts of a library are of no use to anyone.</summary>
    private const int LongestReason = 120;

    private static readonly string[] _noAgreement =
        ["no shared cipher", "no cipher", "unsupported protocol", "protocol version", "no suitable", "no application protocol", "version too low", "no shared group"];

    /// <summary>The end of a handshake that has thrown.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="stream">What was seen of the peer.</param>
    /// <param name="refusal">Why its certificate was refused; empty: it was not.</param>
    public static HandshakeResult Judge(Exception fault, LaneStream stream, string refusal)
    {
        if (refusal.Length > 0)
        {
            return new(HandshakeStatus.CertificateRefused, refusal);
        }

        if (stream.FirstByte is not (-1 or Handshake or Alert))
        {
            return new(HandshakeStatus.NotTls, "what it sent is not TLS");
        }

        var reason = Reason(fault);
        if (reason.Contains("alert", StringComparison.OrdinalIgnoreCase) || stream.FirstByte is Alert)
        {
            return IsAboutTerms(reason)
                ? new(HandshakeStatus.NoAgreement, $"it allows no version, cipher suite or protocol that is allowed here ({reason})")
                : new(HandshakeStatus.RefusedByPeer, $"it does not take our certificate or our terms ({reason})");
        }

        if (stream.HasEnded)
        {
            return new(HandshakeStatus.PeerGone, "it went away during the handshake");
        }

        return IsAboutTerms(reason)
            ? new(HandshakeStatus.NoAgreement, $"there is no version, cipher suite or protocol that both sides allow ({reason})")
            : new(HandshakeStatus.Failed, $"the handshake broke off ({reason})");
    }

    private static bool IsAboutTerms(string reason) => _noAgreement.Any(n => reason.Contains(n, StringComparison.OrdinalIgnoreCase));

    /// <summary>The innermost text: of OpenSSL's, what stands behind its number and place.</summary>
    private static string Reason(Exception fault)
    {
        var text = (fault.InnerException is { } inner ? Innermost(inner) : fault).Message;
        var place = text.LastIndexOf("::", StringComparison.Ordinal);
        var reason = (place >= 0 ? text[(place + 2)..] : text).Trim().TrimEnd('.');
        return reason.Length > LongestReason ? reason[..LongestReason] : reason;
    }

    private static Exception Innermost(Exception fault) => fault.InnerException is { } inner ? Innermost(inner) : fault;
}
