using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>A certificate that a destination has shown.</summary>
/// <param name="Subject">The whole subject.</param>
/// <param name="Names">The names that it holds for.</param>
/// <param name="Issuer">The issuer.</param>
/// <param name="Thumbprint">SHA-256, hexadecimal.</param>
/// <param name="NotBefore">From when on it is valid.</param>
/// <param name="NotAfter">When it expires.</param>
/// <param name="Weaknesses">Keys and signatures that peers no longer take.</param>
/// <param name="IsForServers">Whether it is made for server authentication.</param>
/// <param name="NotFor">Of the names that clients ask for, those that it does not hold for.</param>
internal sealed record ShownCertificate(
    string Subject,
    IReadOnlyList<string> Names,
    string Issuer,
    string Thumbprint,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    IReadOnlyList<string> Weaknesses,
    bool IsForServers,
    IReadOnlyList<string> NotFor)
{
    /// <summary>Whole days until it expires, negative afterwards.</summary>
    public int DaysLeft(DateTimeOffset now) => (int)Math.Floor((NotAfter - now).TotalDays);

    public static ShownCertificate Of(X509Certificate2 certificate, IEnumerable<string> clientNames) => new(
        PeerText.Clean(certificate.Subject),
        [.. CertificateNames.Of(certificate).Select(PeerText.Clean)],
        PeerText.Clean(certificate.Issuer),
        certificate.GetCertHashString(HashAlgorithmName.SHA256),
        CertificateFacts.NotBefore(certificate),
        CertificateFacts.NotAfter(certificate),
        [.. GuardRails.Weaknesses([certificate])],
        GuardRails.IsMadeFor(certificate, TrustAnchors.ServerAuthentication),
        [.. clientNames.Where(name => !CertificateNames.Match(certificate, name))]);
}
