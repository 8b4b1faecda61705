using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Sessions;

/// <summary>What the proxy asks of one destination.</summary>
/// <param name="Certificates">Which certificates are taken, and what is shown to a destination that asks for one.</param>
/// <param name="Name">
/// The host name that is sent as server name and that the certificate is checked against; an IP address is only checked against the
/// certificate (RFC 6066, section 3).
/// </param>
/// <param name="MinVersion">The oldest version that is spoken.</param>
/// <param name="Alpn">The application protocol that is offered; empty: none.</param>
/// <param name="Seen">Is notified of the certificate that the destination shows, whether it is taken or not.</param>
internal sealed record TlsClientSettings(
    ClusterCertificates Certificates, string Name, TlsVersion MinVersion, string Alpn, Action<X509Certificate2>? Seen);
