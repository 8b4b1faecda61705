using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// Whether OpenSSL shows a certificate at all. Its security level is the system's (openssl.cnf): Debian's refuses RSA keys below 2048
/// bits, and a listener with one would fail every handshake. SslStream on Linux uses the same library.
/// </summary>
internal static class CertificateTrial
{
    /// <summary>Why the library does not take it; null when it does, or when there is no OpenSSL.</summary>
    public static string? ProblemOf(ServerCertificate certificate)
    {
        if (OpenSslLibrary.Version is null)
        {
            return null;
        }

        try
        {
            using var context = new OpenSslContext(isServer: true, TlsVersion.Tls12, CipherNames.Default);
            context.Use(certificate);
            return null;
        }
        catch (OpenSslException refusal)
        {
            return $"{refusal.Message}; the security level of this system (openssl.cnf) decides that";
        }
    }
}
