using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates;

/// <summary>What can be read off a certificate.</summary>
internal static class CertificateFacts
{
    /// <summary>Whether it is its own issuer, by name: a root, or a self-signed certificate.</summary>
    public static bool IsSelfIssued(X509Certificate2 certificate)
        => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    /// <summary>When it begins to be valid; .NET gives local time.</summary>
    public static DateTimeOffset NotBefore(X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    /// <summary>When it expires.</summary>
    public static DateTimeOffset NotAfter(X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());
}
