using System.ComponentModel;
using System.Security.Authentication;
using System.Security.Cryptography;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>Reads off what <see cref="System.Net.Security.SslStream"/> throws why a handshake failed.</summary>
internal static class SslStreamFaults
{
    /// <summary>Longer texts of a library are of no use to anyone.</summary>
    private const int LongestReason = 120;

    /// <summary>
    /// Whether SslStream throws this for something that the peer or the network did, or that ended it from outside. Everything else it
    /// throws ends the session too, and is counted as a fault of ours.
    /// </summary>
    public static bool IsForeseeable(Exception fault)
        => fault is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException
            or CryptographicException or Win32Exception or OperationCanceledException;

    /// <summary>The end of a handshake that has thrown.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="stream">What was seen of the peer.</param>
    /// <param name="refusal">Why its certificate was refused; empty: it was not.</param>
    public static HandshakeResult Judge(Exception fault, LaneStream stream, string refusal)
        => Judge(fault, stream.FirstByte, stream.HasEnded, refusal);

    /// <summary>The end of a handshake that has thrown.</summary>
    /// <param name="fault">What was thrown.</param>
    /// <param name="firstByte">The first byte that came from the peer; below zero: none did, or nobody knows.</param>
    /// <param name="hasEnded">Whether the peer has sent its FIN or has reset.</param>
    /// <param name="refusal">Why its certificate was refused; empty: it was not.</param>
    public static HandshakeResult Judge(Exception fault, int firstByte, bool hasEnded, string refusal)
        => fault is CryptographicException && refusal.Length == 0
            ? new(HandshakeStatus.CertificateRefused, $"its chain of certificates cannot be judged ({Reason(fault)})")
            : HandshakeFaults.Judge(Reason(fault), firstByte, hasEnded, refusal);

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
