using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Brings a certificate and its private key together.</summary>
internal static class KeyMatch
{
    /// <summary>The certificate that the key belongs to, wherever in the file it stands; null when there is none.</summary>
    public static X509Certificate2? Find(X509Certificate2Collection certificates, AsymmetricAlgorithm key)
    {
        var publicKey = key.ExportSubjectPublicKeyInfo();
        return certificates.FirstOrDefault(c => c.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(publicKey));
    }

    /// <summary>Whether a certificate is one of these.</summary>
    public static bool IsAmong(X509Certificate2Collection certificates, X509Certificate2 certificate)
        => certificates.Any(c => c.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span));

    /// <summary>The certificate with its key.</summary>
    public static X509Certificate2 Join(X509Certificate2 certificate, AsymmetricAlgorithm key)
    {
        var joined = key is RSA rsa ? certificate.CopyWithPrivateKey(rsa) : certificate.CopyWithPrivateKey((ECDsa)key);
        if (!OperatingSystem.IsWindows())
        {
            return joined;
        }

        // Windows' TLS does not use a key that is only in memory.
        using (joined)
        {
            return X509CertificateLoader.LoadPkcs12(joined.Export(X509ContentType.Pkcs12), password: null, X509KeyStorageFlags.Exportable);
        }
    }
}
