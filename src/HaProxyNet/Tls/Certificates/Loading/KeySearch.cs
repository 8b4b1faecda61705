using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>Finds the private key among those of a file, and the certificate that it belongs to.</summary>
internal static class KeySearch
{
    private const string KeyFile = "the PEM or DER file with the private key of the certificate";

    /// <summary>The certificate with its key; null, and a fault, when they do not come together.</summary>
    /// <param name="certificates">The certificates to choose from, in any order.</param>
    /// <param name="keys">The keys to choose from.</param>
    /// <param name="names">The names of the files of the key and of the certificate, for messages.</param>
    /// <param name="password">Of an encrypted key.</param>
    /// <param name="at">Where the certificate is configured.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static X509Certificate2? Find(
        X509Certificate2Collection certificates, IReadOnlyList<KeyBlock> keys, (string Key, string Certificate) names, string password,
        SettingPath at, FaultCollector faults)
    {
        var readings = keys.Select(key => PrivateKeyReader.Read(key, password)).ToList();
        foreach (var key in readings.Select(r => r.Key).OfType<AsymmetricAlgorithm>())
        {
            if (KeyMatch.Find(certificates, key) is { } certificate)
            {
                WarnOfMore(keys.Count, names.Key, at, faults);
                return KeyMatch.Join(certificate, key);
            }
        }

        var keyAt = at.Child(nameof(CertificateOptions.KeyPath));
        if (readings.Find(r => r.Key is null) is { Problem: { } problem } unread)
        {
            faults.Add(
                unread.IsPassword ? at.Child(nameof(CertificateOptions.Password)) : keyAt,
                unread.IsPassword ? $"{problem} in {names.Key}" : $"{names.Key}: {problem}",
                unread.IsPassword ? "the password that the key was encrypted with" : "an RSA or ECDSA key in PEM or DER");
        }
        else if (certificates.FirstOrDefault(HasUnnamedCurve) is { } unnamed)
        {
            faults.Add(
                at,
                $"the key of '{CertificateNames.Display(unnamed)}' writes its curve out in numbers, which peers refuse",
                "a certificate for a key on a curve with a name (openssl ecparam -name prime256v1 -genkey -out NEW makes one)");
        }
        else
        {
            faults.Add(
                keyAt,
                $"the private key in {names.Key} does not belong to the certificate "
                    + $"'{CertificateNames.Display(certificates[0])}' in {names.Certificate}",
                "the key that the certificate was requested with");
        }

        return null;
    }

    /// <summary>Says that there is no key to search.</summary>
    public static void AddMissing(
        byte[] content, CertificateContent read, bool isOwnFile, string name, SettingPath at, FaultCollector faults)
    {
        var instead = read.Problem
            ?? (read.Certificates.Count > 0
                ? "it is a certificate: the private key has its own file"
                : ForeignFormat.Describe(content, name));
        var problem = PemFile.HasLegacyEncryption(PemText.Of(content))
            ? $"the private key in {name} is encrypted in OpenSSL's old form, which is not read (openssl pkcs8 -topk8 -in {name} -out NEW "
                + "converts it)"
            : isOwnFile
                ? instead is not null ? $"{name}: {instead}" : $"there is no private key in {name}"
                : $"is missing, and there is no private key in {name}";
        faults.Add(at.Child(nameof(CertificateOptions.KeyPath)), problem, KeyFile);
    }

    /// <summary>Parameters that are a list, in place of the name of a curve (RFC 5480, 2.1.1: not allowed).</summary>
    private static bool HasUnnamedCurve(X509Certificate2 certificate)
        => certificate.PublicKey is { Oid.Value: "1.2.840.10045.2.1", EncodedParameters.RawData: [0x30, ..] };

    private static void WarnOfMore(int count, string name, SettingPath at, FaultCollector faults)
    {
        if (count > 1)
        {
            faults.Warn(
                at.Child(nameof(CertificateOptions.KeyPath)),
                $"{name} holds {count} private keys, and one of them is used",
                "a file with the key of the certificate alone");
        }
    }
}
