using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates;

/// <summary>What can be read off a certificate.</summary>
internal static class CertificateFacts
{
    /// <summary>rsaEncryption (RFC 8017, C). A key that is for RSASSA-PSS alone has another number, and .NET does not use it.</summary>
    private const string RsaKey = "1.2.840.113549.1.1.1";

    /// <summary>id-ecPublicKey (RFC 5480, 2.1.1).</summary>
    private const string EcKey = "1.2.840.10045.2.1";

    /// <summary>The kind of its key; null: neither RSA nor ECDSA.</summary>
    public static CertificateKey? KeyOf(X509Certificate2 certificate) => certificate.GetKeyAlgorithm() switch
    {
        RsaKey => CertificateKey.Rsa,
        EcKey => CertificateKey.Ecdsa,
        _ => null,
    };

    /// <summary>The kind of its key as a label.</summary>
    public static string KeyLabel(X509Certificate2 certificate) => KeyOf(certificate) switch
    {
        CertificateKey.Rsa => "rsa",
        CertificateKey.Ecdsa => "ecdsa",
        _ => "other",
    };

    /// <summary>The size of its key; 0 where it is neither RSA nor ECDSA.</summary>
    public static int KeyBits(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPublicKey();
        using var ec = certificate.GetECDsaPublicKey();
        return rsa?.KeySize ?? ec?.KeySize ?? 0;
    }

    /// <summary>Whether it is its own issuer, by name: a root, or a self-signed certificate.</summary>
    public static bool IsSelfIssued(X509Certificate2 certificate)
        => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>When it begins to be valid; .NET gives local time.</summary>
    public static DateTimeOffset NotBefore(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    /// <summary>When it expires.</summary>
    public static DateTimeOffset NotAfter(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());
}
