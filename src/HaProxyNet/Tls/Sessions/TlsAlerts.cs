using System.Globalization;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// The alerts by which a peer says why it ends a session (RFC 8446, 6.2). With TLS 1.3 a server judges a client's certificate after the
/// client's handshake is over: its refusal is an alert among the first bytes.
/// </summary>
internal static class TlsAlerts
{
    /// <summary>OpenSSL's reasons for alerts that came are the alert's number and this.</summary>
    private const int FirstReason = 1000;

    /// <summary>What stands before the packed number of an error of libssl (library 20) in OpenSSL's texts.</summary>
    private const string SslError = "error:0A";
    private const int DigitsOfReason = 6;

    /// <summary>The alert of an error of OpenSSL; null when it is about something else.</summary>
    /// <param name="reason">The number of its reason.</param>
    public static string? OfReason(int reason)
        => reason is >= FirstReason and <= FirstReason + byte.MaxValue ? NameOf(reason - FirstReason) : null;

    /// <summary>The alert in what SslStream throws, which holds OpenSSL's text; null when there is none.</summary>
    public static string? Of(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            var start = inner.Message.IndexOf(SslError, StringComparison.Ordinal) + SslError.Length;
            if (start >= SslError.Length && inner.Message.Length >= start + DigitsOfReason
                && int.TryParse(
                    inner.Message.AsSpan(start, DigitsOfReason),
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var reason))
            {
                return OfReason(reason);
            }
        }

        return null;
    }

    /// <summary>Whether it is about the certificate that the peer was shown, or was not.</summary>
    public static bool IsAboutCertificate(string alert)
        => alert is "unknown_ca" or "access_denied" || alert.Contains("certificate", StringComparison.Ordinal);

    /// <summary>The name in the standard's words; a number without one as it is.</summary>
    public static string NameOf(int alert) => alert switch
    {
        10 => "unexpected_message",
        20 => "bad_record_mac",
        22 => "record_overflow",
        40 => "handshake_failure",
        42 => "bad_certificate",
        43 => "unsupported_certificate",
        44 => "certificate_revoked",
        45 => "certificate_expired",
        46 => "certificate_unknown",
        47 => "illegal_parameter",
        48 => "unknown_ca",
        49 => "access_denied",
        50 => "decode_error",
        51 => "decrypt_error",
        70 => "protocol_version",
        71 => "insufficient_security",
        80 => "internal_error",
        86 => "inappropriate_fallback",
        90 => "user_canceled",
        109 => "missing_extension",
        110 => "unsupported_extension",
        112 => "unrecognized_name",
        113 => "bad_certificate_status_response",
        115 => "unknown_psk_identity",
        116 => "certificate_required",
        120 => "no_application_protocol",
        _ => string.Create(CultureInfo.InvariantCulture, $"{alert}"),
    };
}
