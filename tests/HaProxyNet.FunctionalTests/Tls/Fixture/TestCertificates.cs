using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>A throw-away authority and what it has issued, in files for the proxy and in memory for the peers; made once a run.</summary>
internal static class TestCertificates
{
    /// <summary>The name that clients use.</summary>
    public const string FrontName = "iqservice.corp.example";

    /// <summary>A second name of the front.</summary>
    public const string OtherName = "other.corp.example";

    /// <summary>The name that the destinations share.</summary>
    public const string AgentName = "agents.corp.example";

    private const string ServerUsage = "1.3.6.1.5.5.7.3.1";
    private const string ClientUsage = "1.3.6.1.5.5.7.3.2";

    private static readonly X509Certificate2 _authority = Authority("Test Authority");
    private static readonly string _folder = Directory.CreateTempSubdirectory("haproxynet-tls-").FullName;

    public static X509Certificate2 Authorities => _authority;

    public static string CaPath { get; } = Write("ca.pem", _authority.ExportCertificatePem());

    public static X509Certificate2 Front { get; } = Issue(_authority, FrontName, ServerUsage);

    /// <summary>The front's name, with an RSA key.</summary>
    public static X509Certificate2 FrontRsa { get; } = Issue(_authority, FrontName, ServerUsage, RSA.Create(2048));

    public static X509Certificate2 Other { get; } = Issue(_authority, OtherName, ServerUsage);

    public static X509Certificate2 Agent { get; } = Issue(_authority, AgentName, ServerUsage);

    public static X509Certificate2 Client { get; } = Issue(_authority, "iq.client", ClientUsage);

    /// <summary>Nobody knows who has issued it.</summary>
    public static X509Certificate2 StrangeClient { get; } = Issue(Authority("Strange Authority"), "iq.client", ClientUsage);

    /// <summary>An agent's certificate of an authority that nobody trusts.</summary>
    public static X509Certificate2 StrangeAgent { get; } = Issue(Authority("Strange Authority"), AgentName, ServerUsage);

    /// <summary>A server's certificate for another name.</summary>
    public static X509Certificate2 IssuedTo(string name) => Issue(_authority, name, ServerUsage);

    /// <summary>An agent's certificate from an intermediate that the agent does not send; it says where that is.</summary>
    public static X509Certificate2 ByIntermediate(Uri place)
    {
        using var intermediate = Intermediate();
        return Issue(
            intermediate,
            AgentName,
            ServerUsage,
            place: new X509AuthorityInformationAccessExtension(ocspUris: [], caIssuersUris: [place.ToString()]));
    }

    /// <summary>A client's certificate from an intermediate, which the client sends.</summary>
    public static SslStreamCertificateContext ClientByIntermediate()
    {
        using var intermediate = Intermediate();
        return SslStreamCertificateContext.Create(
            Issue(intermediate, "iq.client", ClientUsage),
            [X509CertificateLoader.LoadCertificate(intermediate.RawData)],
            offline: true);
    }

    /// <summary>A file with the certificate and its key.</summary>
    public static string PathOf(X509Certificate2 certificate)
        => Write(
            $"{certificate.Thumbprint}.pem", certificate.ExportCertificatePem() + "\n" + KeyOf(certificate).ExportPkcs8PrivateKeyPem());

    private static AsymmetricAlgorithm KeyOf(X509Certificate2 certificate)
        => (AsymmetricAlgorithm?)certificate.GetECDsaPrivateKey() ?? certificate.GetRSAPrivateKey()!;

    /// <summary>A client that trusts the authority and asks for the front's name; it begins a session of its own each time.</summary>
    public static SslClientAuthenticationOptions ClientOptions(string name = FrontName, X509Certificate2? certificate = null) => new()
    {
        TargetHost = name,
        AllowTlsResume = false,
        CertificateChainPolicy = Trust(),
        ClientCertificateContext = certificate is null
            ? null
            : SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true),
    };

    /// <summary>A server with the agents' certificate.</summary>
    public static SslServerAuthenticationOptions ServerOptions(X509Certificate2? certificate = null) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(certificate ?? Agent, additionalCertificates: null, offline: true),
    };

    /// <summary>Takes what the authority has issued, and nothing else.</summary>
    public static X509ChainPolicy Trust()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(_authority);
        return policy;
    }

    private static string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        if (!File.Exists(path))
        {
            var partial = Path.Combine(_folder, Path.GetRandomFileName());
            File.WriteAllText(partial, text);
            File.Move(partial, path, overwrite: true);
        }

        return path;
    }

    private static X509Certificate2 Authority(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-30), now.AddDays(365));
    }

    private static X509Certificate2 Intermediate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test Intermediate", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = DateTimeOffset.UtcNow;
        using var plain = request.Create(
            _authority.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_authority.GetECDsaPrivateKey()!),
            now.AddDays(-25),
            now.AddDays(350),
            [7]);
        return plain.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Issue(X509Certificate2 authority, string name, string usage, RSA? rsa =
        null, X509Extension? place = null)
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = rsa is null
            ? new CertificateRequest($"CN={name}", ec, HashAlgorithmName.SHA256)
            : new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        if (place is not null)
        {
            request.CertificateExtensions.Add(place);
        }

        var now = DateTimeOffset.UtcNow;
        using var certificate = request.Create(
            authority.SubjectName, X509SignatureGenerator.CreateForECDsa(authority.GetECDsaPrivateKey()!), now.AddDays(-20),
            now.AddDays(300), RandomNumberGenerator.GetBytes(12));
        return rsa is null ? certificate.CopyWithPrivateKey(ec) : certificate.CopyWithPrivateKey(rsa);
    }
}
