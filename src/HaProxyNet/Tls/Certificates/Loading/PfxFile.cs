using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>A certificate, its key and its chain in one PFX (PKCS #12) file.</summary>
internal static class PfxFile
{
    /// <summary>Firefox and pk12util iterate a million times, more than .NET does by default. The file is the operator's own.</summary>
    private static readonly Pkcs12LoaderLimits _limits = new(Pkcs12LoaderLimits.Defaults)
    {
        MacIterationLimit = 2_000_000,
        IndividualKdfIterationLimit = 2_000_000,
        TotalKdfIterationLimit = 10_000_000,
    };

    /// <summary>All certificates of the file, those with a private key first; null, and a fault, when it cannot be opened.</summary>
    /// <param name="pfx">The file.</param>
    /// <param name="path">Its name as configured.</param>
    /// <param name="options">What holds its password.</param>
    /// <param name="at">Where these options are.</param>
    /// <param name="files">Names files in messages.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static X509Certificate2Collection? Open(
        byte[] pfx,
        string path,
        CertificateOptions options,
        SettingPath at,
        ConfiguredFiles files,
        FaultCollector faults)
    {
        try
        {
            var all = X509CertificateLoader.LoadPkcs12Collection(pfx, options.Password, X509KeyStorageFlags.Exportable, _limits);
            return [.. all.OrderByDescending(c => c.HasPrivateKey)];
        }
        catch (Pkcs12LoadLimitExceededException)
        {
            faults.Add(
                at.Child(nameof(CertificateOptions.Path)),
                $"{files.NameOf(path)} asks for more work than a PFX file may (iterations, or certificates)",
                "a PFX file that openssl pkcs12 -export or Windows has written");
        }
        catch (CryptographicException) when (ForeignEncryption.InPfx(pfx) is { } encryption)
        {
            faults.Add(
                at.Child(nameof(CertificateOptions.Path)),
                $"{files.NameOf(path)} is encrypted with {encryption}, which is not read "
                    + "(openssl pkcs12 -legacy -in OLD -nodes | openssl pkcs12 -export -out NEW converts it)",
                "a PFX file with AES or triple DES");
        }
        catch (CryptographicException)
        {
            // One kind of exception for a wrong password and for a damaged file; a file that opens without its password tells them apart.
            faults.Add(
                at.Child(nameof(CertificateOptions.Password)),
                options.Password.Length == 0
                    ? $"is missing, or {files.NameOf(path)} is damaged"
                    : $"is not the password of {files.NameOf(path)}, or the file is damaged",
                "the password that the PFX file was exported with");
        }

        return null;
    }
}
