using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// Loads a certificate with its key from where the configuration says. Every fault is the operator's to mend, and in words for that.
/// </summary>
internal static class CertificateLoader
{
    private const string CertificateFile = "a file with the certificate and its chain: PEM, DER, PKCS #7 or PFX";
    private const string KeyFile = "the file with the private key of the certificate: PEM or DER";

    /// <summary>The files that a certificate is read from.</summary>
    public static IEnumerable<string> FilesOf(CertificateOptions options)
        => options.Path.Length > 0 ? [options.Path, options.KeyPath] : [];

    /// <summary>The file that holds the private key.</summary>
    public static string KeyFileOf(CertificateOptions options) => options.KeyPath.Length > 0 ? options.KeyPath : options.Path;

    /// <summary>Loads it; null, and a fault, when that does not go.</summary>
    /// <param name="options">Where it is; a place is given.</param>
    /// <param name="at">Where these options are.</param>
    /// <param name="files">The files, already read.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static ServerCertificate? Load(CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        var (certificate, others) = options.Path.Length == 0
            ? (WindowsStore.Find(options, at, faults), [])
            : FromFile(options, at, files, faults);
        if (certificate is null)
        {
            return null;
        }

        var (chain, strangers) = ChainOrder.Of(certificate, others);
        var own = new ServerCertificate(certificate, chain);
        if ((Usability.ProblemOf(certificate, chain) ?? CertificateTrial.ProblemOf(own)) is { } problem)
        {
            faults.Add(
                at,
                problem,
                "a certificate with its intermediates alone, with an RSA key of 2048 bits or more, or an EC key on P-256, P-384 or P-521");
            return null;
        }

        foreach (var stranger in strangers)
        {
            faults.Warn(
                at,
                $"'{CertificateNames.Display(stranger)}' has issued nothing in the chain of "
                    + $"'{CertificateNames.Display(certificate)}', and is not sent",
                "the certificate and its intermediates alone");
        }

        return own;
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Others) FromFile(
        CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        var path = at.Child(nameof(CertificateOptions.Path));
        var content = files.Content(options.Path, path, CertificateFile, faults);
        var keyContent = options.KeyPath.Length > 0
            ? files.Content(options.KeyPath, at.Child(nameof(CertificateOptions.KeyPath)), KeyFile, faults)
            : content;
        if (content is null || keyContent is null)
        {
            // All faults at once.
            return (null, []);
        }

        if (CertificateContent.Pfx(content) is { } pfx)
        {
            return FromPfx(pfx, keyContent, options, at, files, faults);
        }

        var read = CertificateContent.Read(content);
        if (read.Problem is not null || read.Certificates.Count == 0)
        {
            var name = files.NameOf(options.Path);
            var problem = read.Problem ?? ForeignFormat.Describe(content, name) ?? "there is no certificate in it";
            faults.Add(path, $"{name}: {problem}", CertificateFile);
            return (null, []);
        }

        return WithKey(read, keyContent, options, at, files, faults);
    }

    /// <summary>A PFX file has its own key as a rule; one without may have it in a file next to it.</summary>
    private static (X509Certificate2? Certificate, X509Certificate2Collection Others) FromPfx(
        byte[] pfx, byte[] keyContent, CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        if (PfxFile.Open(pfx, options.Path, options, at, files, faults) is not { } all)
        {
            return (null, []);
        }

        if (all.Count > 0 && all[0].HasPrivateKey)
        {
            WarnOfUnusedKey(options, at, files, faults);
            return (all[0], [.. all.Skip(1)]);
        }

        if (all.Count > 0 && options.KeyPath.Length > 0)
        {
            return WithKey(CertificateContent.Empty with { Certificates = all }, keyContent, options, at, files, faults);
        }

        faults.Add(
            at.Child(nameof(CertificateOptions.Path)),
            $"{files.NameOf(options.Path)} holds {(all.Count == 0 ? "no certificate" : "no private key")}",
            "a PFX file with a certificate and its private key (export it with the key)");
        return (null, []);
    }

    /// <summary>A file that is named and not used is a slip, and perhaps the key that was renewed.</summary>
    private static void WarnOfUnusedKey(CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        if (options.KeyPath.Length > 0 && options.KeyPath != options.Path)
        {
            faults.Warn(
                at.Child(nameof(CertificateOptions.KeyPath)),
                $"{files.NameOf(options.KeyPath)} is not used: {files.NameOf(options.Path)} holds a private key of its own",
                "one of the two: leave KeyPath out, or export the PFX file without its key");
        }
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Others) WithKey(
        CertificateContent read, byte[] keyContent, CertificateOptions options, SettingPath at, ConfiguredFiles files,
        FaultCollector faults)
    {
        var keyName = files.NameOf(KeyFileOf(options));
        X509Certificate2Collection all = [.. read.Certificates];
        if (options.KeyPath.Length > 0 && CertificateContent.Pfx(keyContent) is { } pfx)
        {
            var opened = PfxFile.Open(pfx, options.KeyPath, options, at, files, faults);
            return opened?.FirstOrDefault(c => c.HasPrivateKey && KeyMatch.IsAmong(read.Certificates, c)) is { } pair
                ? (pair, [.. all, .. opened])
                : (null, Unmatched(opened is not null));
        }

        var keys = CertificateContent.Read(keyContent);
        if (keys.Keys.Count == 0)
        {
            KeySearch.AddMissing(keyContent, keys, options.KeyPath.Length > 0, keyName, at, faults);
            return (null, []);
        }

        // The chain may stand in the file of the key.
        all.AddRange(keys.Certificates);
        return (KeySearch.Find(all, keys.Keys, (keyName, files.NameOf(options.Path)), options.Password, at, faults), all);

        X509Certificate2Collection Unmatched(bool isOpen)
        {
            if (isOpen)
            {
                faults.Add(
                    at.Child(nameof(CertificateOptions.KeyPath)),
                    $"{keyName} is a PFX file without the key of the certificate in {files.NameOf(options.Path)}", KeyFile);
            }

            return [];
        }
    }
}
