using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>How the certificate that a client was shown is made, in the words of OpenSSL: a PROXY header tells it.</summary>
/// <param name="KeyAlgorithm">The kind of its key and the bits: <c>RSA2048</c>, <c>EC256</c>.</param>
/// <param name="SignatureAlgorithm">What it is signed with, as <c>RSA-SHA256</c>; empty: it has no name here.</param>
internal sealed record ShownCertificate(string KeyAlgorithm, string SignatureAlgorithm)
{
    /// <summary>Reads it off a certificate.</summary>
    public static ShownCertificate Of(X509Certificate2 certificate, CertificateKey key, int keyBits) => new(
        string.Create(CultureInfo.InvariantCulture, $"{(key is CertificateKey.Rsa ? "RSA" : "EC")}{keyBits}"),
        NameOfSignature(certificate.SignatureAlgorithm.Value));

    /// <summary>The short name of an algorithm that authorities sign with (RFC 8017, 5758 and 8410).</summary>
    public static string NameOfSignature(string? number) => number switch
    {
        "1.2.840.113549.1.1.5" => "RSA-SHA1",
        "1.2.840.113549.1.1.10" => "RSASSA-PSS",
        "1.2.840.113549.1.1.11" => "RSA-SHA256",
        "1.2.840.113549.1.1.12" => "RSA-SHA384",
        "1.2.840.113549.1.1.13" => "RSA-SHA512",
        "1.2.840.10045.4.1" => "ecdsa-with-SHA1",
        "1.2.840.10045.4.3.2" => "ecdsa-with-SHA256",
        "1.2.840.10045.4.3.3" => "ecdsa-with-SHA384",
        "1.2.840.10045.4.3.4" => "ecdsa-with-SHA512",
        "1.3.101.112" => "ED25519",
        "1.3.101.113" => "ED448",
        _ => "",
    };
}
