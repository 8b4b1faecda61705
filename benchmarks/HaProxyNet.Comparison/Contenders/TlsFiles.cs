using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>The certificate on which every contender terminates: P-256, made for this run and thrown away with it.</summary>
/// <param name="Certificate">The certificate, PEM.</param>
/// <param name="Key">Its key, PEM.</param>
/// <param name="Both">One after the other in one file, as HAProxy wants it.</param>
internal sealed record TlsFiles(string Certificate, string Key, string Both)
{
    /// <summary>The name in the certificate.</summary>
    public const string ServerName = "pair.example";

    /// <summary>Writes the files into a folder.</summary>
    public static TlsFiles Create(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={ServerName}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(ServerName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(90));
        var (certificatePem, keyPem) = (certificate.ExportCertificatePem() + "\n", key.ExportPkcs8PrivateKeyPem() + "\n");
        var files = new TlsFiles(Path.Combine(folder, "pair.crt"), Path.Combine(folder, "pair.key"), Path.Combine(folder, "pair.pem"));
        File.WriteAllText(files.Certificate, certificatePem);
        File.WriteAllText(files.Key, keyPem);
        File.WriteAllText(files.Both, certificatePem + keyPem);
        return files;
    }
}
