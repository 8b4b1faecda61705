using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Encryption;
using HaProxyNet.Configuration.Keys;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>A certificate, its key and its chain in one PFX (PKCS #12) file.</summary>
internal static class PfxFile
{
    /// <summary>Whether the content is PFX, whatever its password.</summary>
    public static bool IsPfx(byte[] content)
    {
        try
        {
            return X509Certificate2.GetCertContentType(content) is X509ContentType.Pfx;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    public static (X509Certificate2? Certificate, X509Certificate2Collection Chain) Load(
        byte[] content, CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(content, options.Password, X509KeyStorageFlags.Exportable);
            if (all.FirstOrDefault(c => c.HasPrivateKey) is { } certificate)
            {
                return (certificate, [.. all.Where(c => !ReferenceEquals(c, certificate))]);
            }

            faults.Add(
                at.Child(nameof(CertificateOptions.Path)),
                $"{files.NameOf(options.Path)} holds {(all.Count == 0 ? "no certificate" : "no private key")}",
                "a PFX file with a certificate and its private key (export it with the key)");
        }
        catch (CryptographicException)
        {
            // One kind of exception for a wrong password and for a damaged file; a file that opens without its password tells them apart.
            faults.Add(
                at.Child(nameof(CertificateOptions.Password)),
                options.Password.Length == 0
                    ? $"is missing, or {files.NameOf(options.Path)} is damaged"
                    : $"is not the password of {files.NameOf(options.Path)}, or the file is damaged",
                "the password that the PFX file was exported with");
        }

        return (null, []);
    }
}
