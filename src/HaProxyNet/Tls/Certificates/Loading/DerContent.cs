using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Reads DER: certificates one behind the other, certificates in PKCS #7, or a private key.</summary>
internal static class DerContent
{
    /// <summary>Line ends, blanks and NULs, as editors and transfers append them.</summary>
    private static readonly byte[] _padding = [.. "\r\n\t \0\u001a"u8];

    public static CertificateContent Read(byte[] content)
    {
        try
        {
            return DerShapes.Of(content) switch
            {
                DerShape.Certificate => Certificates(content),
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

    /// <summary>Files can be put together byte by byte; what stands behind the first certificate is not left out in silence.</summary>
    private static CertificateContent Certificates(byte[] content)
    {
        var all = new X509Certificate2Collection();
        var rest = content.AsSpan();
        while (rest.TrimStart(_padding) is { IsEmpty: false } next)
        {
            if (!AsnDecoder.TryReadEncodedValue(next, AsnEncodingRules.BER, out _, out _, out _, out var length)
                || DerShapes.Of(next[..length].ToArray()) is not DerShape.Certificate)
            {
                return CertificateContent.Bad(all, $"what stands behind its certificate {all.Count} is none");
            }

            all.Add(X509CertificateLoader.LoadCertificate(next[..length]));
            rest = next[length..];
        }

        return Of(all);
    }

    private static CertificateContent Of(X509Certificate2Collection certificates) => new(certificates, [], [], Problem: null);
}
