using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Certificates that can be read and that no peer can use: taken over, they would end every handshake.</summary>
internal static class Usability
{
    /// <summary>What OpenSSL reads of a peer's chain by default (SSL_MAX_CERT_LIST_DEFAULT).</summary>
    private const int LargestChain = 100 << 10;

    private const int LeastRsaBits = 1024;

    /// <summary>P-256, P-384 and P-521: the curves for signatures in TLS 1.3 (RFC 8446, 4.2.3).</summary>
    private static readonly string[] _curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>Why no peer can use the certificate; null when peers can.</summary>
    public static string? ProblemOf(X509Certificate2 certificate, X509Certificate2Collection chain)
    {
        var size = chain.Append(certificate).Sum(c => (long)c.RawDataMemory.Length);
        if (size > LargestChain)
        {
            return $"{chain.Count + 1} certificates of {size} bytes would be sent, and peers read no more than {LargestChain} bytes";
        }

        if (CertificateFacts.KeyOf(certificate) is null)
        {
            return $"the key of '{CertificateNames.Display(certificate)}' is neither RSA nor ECDSA (its kind "
                + $"is {certificate.PublicKey.Oid.FriendlyName ?? certificate.GetKeyAlgorithm()})";
        }

        using var rsa = certificate.GetRSAPublicKey();
        if (rsa?.KeySize < LeastRsaBits)
        {
            return $"the key of '{CertificateNames.Display(certificate)}' has {rsa.KeySize} bits, and peers refuse less "
                + $"than {LeastRsaBits}";
        }

        using var ec = certificate.GetECDsaPublicKey();
        return ec is null || _curves.Contains(ec.ExportParameters(includePrivateParameters: false).Curve.Oid?.Value, StringComparer.Ordinal)
            ? null
            : $"the key of '{CertificateNames.Display(certificate)}' is on a curve that peers do not offer";
    }
}
