using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>Reads off a stream what its handshake has agreed on.</summary>
internal static class SslStreamFacts
{
    public static TlsFacts Of(SslStream ssl, string serverName, ShownCertificate? shown) => new(
        ssl.SslProtocol switch
        {
            SslProtocols.Tls13 => "1.3",
            SslProtocols.Tls12 => "1.2",
            _ => "other",
        },
        ssl.NegotiatedCipherSuite.ToString(),
        ssl.NegotiatedApplicationProtocol.ToString(),
        serverName,
        ssl.RemoteCertificate?.Subject ?? "")
    {
        Shown = shown,
        PeerCommonName = ssl.RemoteCertificate is X509Certificate2 certificate ? CertificateNames.CommonName(certificate) : null,
    };

    /// <summary>The versions in SslStream's words.</summary>
    public static SslProtocols ProtocolsOf(SpokenVersions versions)
        => (versions.Tls12 ? SslProtocols.Tls12 : SslProtocols.None) | (versions.Tls13 ? SslProtocols.Tls13 : SslProtocols.None);
}
