using System.Net.Security;
using System.Security.Authentication;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>Reads off a stream what its handshake has agreed on.</summary>
internal static class SslStreamFacts
{
    public static TlsFacts Of(SslStream ssl, string serverName) => new(
        ssl.SslProtocol switch
        {
            SslProtocols.Tls13 => "1.3",
            SslProtocols.Tls12 => "1.2",
            _ => "other",
        },
        ssl.NegotiatedCipherSuite.ToString(),
        ssl.NegotiatedApplicationProtocol.ToString(),
        serverName,
        ssl.RemoteCertificate?.Subject ?? "");

    /// <summary>The versions from a given one on.</summary>
    public static SslProtocols VersionsFrom(Configuration.Encryption.TlsVersion oldest)
        => oldest is Configuration.Encryption.TlsVersion.Tls13 ? SslProtocols.Tls13 : SslProtocols.Tls12 | SslProtocols.Tls13;
}
