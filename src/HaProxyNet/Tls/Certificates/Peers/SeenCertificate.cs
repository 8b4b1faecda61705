using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Peers;

/// <summary>The certificate that a destination showed last.</summary>
/// <param name="Subject">The name that operators recognise it by.</param>
/// <param name="Thumbprint">SHA-256.</param>
/// <param name="Key">The kind of its key, as a label.</param>
/// <param name="NotAfter">When it expires.</param>
internal sealed record SeenCertificate(string Subject, string Thumbprint, string Key, DateTimeOffset NotAfter)
{
    public static SeenCertificate Of(X509Certificate2 certificate) => new(
        CertificateNames.Display(certificate),
        certificate.GetCertHashString(HashAlgorithmName.SHA256),
        CertificateFacts.KeyLabel(certificate),
        CertificateFacts.NotAfter(certificate));
}
