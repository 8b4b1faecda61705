using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Encryption;
using HaProxyNet.Configuration.Keys;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Loads a certificate with its key from where the configuration says. Every fault is the operator's to mend, and in words for that.</summary>
internal static class CertificateLoader
{
    private const string CertificateFile = "a PEM file with the certificate and its chain, or a PFX file";
    private const string KeyFile = "the PEM file with the private key of the certificate";

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
        var (certificate, chain) = options.Path.Length == 0
            ? (WindowsStore.Find(options, at, faults), [])
            : FromFile(options, at, files, faults);
        if (certificate is null)
        {
            return null;
        }

        if (Usability.ProblemOf(certificate, chain) is { } problem)
        {
            faults.Add(at, problem, "a certificate with its intermediates alone, with an RSA key of 2048 bits or more, or an EC key on P-256, P-384 or P-521");
            return null;
        }

        return new ServerCertificate(certificate, chain);
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Chain) FromFile(
        CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        var path = at.Child(nameof(CertificateOptions.Path));
        if (files.Content(options.Path, path, CertificateFile, faults) is not { } content)
        {
            // The key's file is looked at as well: all faults at once.
            _ = options.KeyPath.Length > 0 ? files.Content(options.KeyPath, at.Child(nameof(CertificateOptions.KeyPath)), KeyFile, faults) : null;
            return (null, []);
        }

        if (!PemFile.IsPem(content) && PfxFile.IsPfx(content))
        {
            return PfxFile.Load(content, options, at, files, faults);
        }

        var (certificates, problem) = PemFile.IsPem(content) ? PemFile.Certificates(content) : Der(content);
        if (problem is not null || certificates.Count == 0)
        {
            faults.Add(path, $"{files.NameOf(options.Path)}: {problem ?? "there is no certificate in it"}", CertificateFile);
            return (null, []);
        }

        return WithKey(certificates, content, options, at, files, faults);
    }

    private static (X509Certificate2? Certificate, X509Certificate2Collection Chain) WithKey(
        X509Certificate2Collection certificates, byte[] content, CertificateOptions options, SettingPath at, ConfiguredFiles files, FaultCollector faults)
    {
        var keyAt = at.Child(nameof(CertificateOptions.KeyPath));
        var keyPath = KeyFileOf(options);
        var keyContent = options.KeyPath.Length > 0 ? files.Content(options.KeyPath, keyAt, KeyFile, faults) : content;
        if (keyContent is null)
        {
            return (null, []);
        }

        if (PemFile.PrivateKey(keyContent) is not { } block)
        {
            faults.Add(keyAt, NoKey(keyContent, options, files.NameOf(keyPath)), KeyFile);
            return (null, []);
        }

        var (key, problem, isPassword) = PrivateKeyReader.Read(block.Label, block.Data, options.Password);
        if (key is null)
        {
            faults.Add(
                isPassword ? at.Child(nameof(CertificateOptions.Password)) : keyAt,
                isPassword ? $"{problem} in {files.NameOf(keyPath)}" : $"{files.NameOf(keyPath)}: {problem}",
                isPassword ? "the password that the key was encrypted with" : "an RSA or ECDSA key in PEM");
            return (null, []);
        }

        if (KeyMatch.Find(certificates, key) is not { } certificate)
        {
            faults.Add(
                keyAt,
                $"the private key in {files.NameOf(keyPath)} does not belong to the certificate '{CertificateNames.Display(certificates[0])}' in {files.NameOf(options.Path)}",
                "the key that the certificate was requested with");
            return (null, []);
        }

        return (KeyMatch.Join(certificate, key), [.. certificates.Where(c => !ReferenceEquals(c, certificate))]);
    }

    private static string NoKey(byte[] content, CertificateOptions options, string name)
    {
        if (PemFile.HasLegacyEncryption(content))
        {
            return $"the private key in {name} is encrypted in OpenSSL's old form, which is not read (openssl pkcs8 -topk8 -in OLD -out NEW converts it)";
        }

        return options.KeyPath.Length > 0 ? $"there is no private key in {name}" : $"is missing, and there is no private key in {name}";
    }

    private static (X509Certificate2Collection Certificates, string? Problem) Der(byte[] content)
    {
        try
        {
            return ([X509CertificateLoader.LoadCertificate(content)], null);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return ([], null);
        }
    }
}
