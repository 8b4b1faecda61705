using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Reads DER: a certificate, certificates in PKCS #7, or a private key.</summary>
internal static class DerContent
{
    public static CertificateContent Read(byte[] content)
    {
        try
        {
            return DerShapes.Of(content) switch
            {
                DerShape.Certificate => Of([X509CertificateLoader.LoadCertificate(content)]),
                DerShape.Pkcs7 => Of(Pkcs7.Certificates(content)),
                DerShape.Pkcs8 => Key("PRIVATE KEY"),
                DerShape.EncryptedPkcs8 => Key("ENCRYPTED PRIVATE KEY"),
                DerShape.Pkcs1 => Key("RSA PRIVATE KEY"),
                DerShape.Sec1 => Key("EC PRIVATE KEY"),
                _ => CertificateContent.Empty,
            };
        }
        catch (Exception damaged) when (damaged is CryptographicException or AsnContentException or ArgumentException)
        {
            return CertificateContent.Bad([], "it is damaged");
        }

        CertificateContent Key(string label) => new([], [new(label, content)], [], Problem: null);
    }

    private static CertificateContent Of(X509Certificate2Collection certificates) => new(certificates, [], [], Problem: null);
}
