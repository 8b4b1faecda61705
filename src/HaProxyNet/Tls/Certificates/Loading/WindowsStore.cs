using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>A certificate in a store of Windows.</summary>
internal static class WindowsStore
{
    /// <summary>Finds the certificate; of several, the one that holds longest. Null, and a fault, when there is none with a key.</summary>
    public static X509Certificate2? Find(CertificateOptions options, SettingPath at, FaultCollector faults)
    {
        var by = at.Child(options.Thumbprint.Length > 0 ? nameof(CertificateOptions.Thumbprint) : nameof(CertificateOptions.Subject));
        if (!OperatingSystem.IsWindows())
        {
            faults.Add(by, "names a certificate in a store, and only Windows has one", "Path, the file with the certificate");
            return null;
        }

        if (!Enum.TryParse<StoreLocation>(options.Location, ignoreCase: true, out var location))
        {
            faults.Add(at.Child(nameof(CertificateOptions.Location)), $"'{options.Location}' is not known", "LocalMachine or CurrentUser");
            return null;
        }

        return Find(options, new X509Store(options.Store, location), by, faults);
    }

    /// <summary>
    /// What changes when the store has another certificate for these settings: its thumbprint. Enrolment puts a new one next to the old,
    /// and no file changes. Nothing where the settings name no store.
    /// </summary>
    public static IEnumerable<byte> MarkOf(CertificateOptions options)
    {
        if (!OperatingSystem.IsWindows() || (options.Subject.Length == 0 && options.Thumbprint.Length == 0))
        {
            return [];
        }

        using var found = Find(options, SettingPath.Root, new FaultCollector());
        return found?.GetCertHash() ?? [];
    }

    private static X509Certificate2? Find(CertificateOptions options, X509Store opened, SettingPath by, FaultCollector faults)
    {
        using var store = opened;
        var place = $"{store.Location}\\{options.Store}";
        try
        {
            store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
        }
        catch (CryptographicException)
        {
            faults.Add(by, $"the store {place} cannot be opened", "a Store and a Location that exist, such as My and LocalMachine");
            return null;
        }

        var found = options.Thumbprint.Length > 0
            ? store.Certificates.Find(X509FindType.FindByThumbprint, Thumbprint.Normalize(options.Thumbprint), validOnly: false)
            : store.Certificates.Find(X509FindType.FindBySubjectName, options.Subject, validOnly: false);
        var best = found.Where(c => c.HasPrivateKey).MaxBy(c => c.NotAfter);
        if (best is null)
        {
            faults.Add(
                by,
                found.Count > 0
                    ? $"the certificate in {place} has no private key that this account may use"
                    : $"no such certificate is in {place}",
                "a certificate that was imported with its key");
        }

        return best;
    }
}
