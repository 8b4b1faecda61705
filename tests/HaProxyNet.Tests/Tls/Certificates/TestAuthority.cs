using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>A throw-away authority that issues what a test asks for.</summary>
internal sealed class TestAuthority
{
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private static readonly DateTimeOffset _epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private TestAuthority(X509Certificate2 certificate) => Certificate = certificate;

    /// <summary>The time that tests of rules take for now: certificates hold a year from a month before.</summary>
    public static DateTimeOffset Now { get; } = _epoch.AddMonths(1);

    public X509Certificate2 Certificate { get; }

    public static TestAuthority Root(string name = "Test Root")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(name, key);
        return new TestAuthority(request.CreateSelfSigned(_epoch.AddYears(-5), _epoch.AddYears(20)));
    }

    public TestAuthority Intermediate(string name = "Test Issuing")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = Request(name, key).Create(Certificate, _epoch.AddYears(-4), _epoch.AddYears(19), Serial());
        return new TestAuthority(certificate.CopyWithPrivateKey(key));
    }

    /// <summary>A certificate with its key; default: RSA keys are slow to make, so EC.</summary>
    public X509Certificate2 Issue(
        string commonName,
        string[]? names = null,
        string usage = ServerAuthentication,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        IPAddress? address = null,
        AsymmetricAlgorithm? key = null)
    {
        var own = key ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = $"CN={commonName}";
        var request = own is RSA rsa
            ? new CertificateRequest(subject, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest(subject, (ECDsa)own, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names ?? [])
        {
            alternatives.AddDnsName(name);
        }

        if (address is not null)
        {
            alternatives.AddIpAddress(address);
        }

        if (names is not null || address is not null)
        {
            request.CertificateExtensions.Add(alternatives.Build());
        }

        if (usage.Length > 0)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        var generator = X509SignatureGenerator.CreateForECDsa(Certificate.GetECDsaPrivateKey()!);
        var certificate = request.Create(Certificate.SubjectName, generator, from ?? _epoch, to ?? _epoch.AddYears(1), Serial());
        return own is RSA withRsa ? certificate.CopyWithPrivateKey(withRsa) : certificate.CopyWithPrivateKey((ECDsa)own);
    }

    /// <summary>A certificate that nobody but itself vouches for.</summary>
    public static X509Certificate2 SelfSigned(string commonName, DateTimeOffset? from = null, DateTimeOffset? to = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={commonName}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(from ?? _epoch, to ?? _epoch.AddYears(1));
    }

    public static string KeyPem(X509Certificate2 certificate, string? password = null)
    {
        AsymmetricAlgorithm key = (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;
        return password is null
            ? key.ExportPkcs8PrivateKeyPem()
            : key.ExportEncryptedPkcs8PrivateKeyPem(
                password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
    }

    private static CertificateRequest Request(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        return request;
    }

    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = (byte)((serial[0] & 0x3f) | 0x40);
        return serial;
    }
}
