using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.Certificates.Loading;

/// <summary>A folder with certificates and keys, and what comes of loading them.</summary>
public abstract class CertificateLoading : IDisposable
{
    private protected const string Name = "iqservice.corp.example";
    private protected static readonly TestAuthority _root = TestAuthority.Root();
    private protected static readonly TestAuthority _issuing = _root.Intermediate();
    private protected static readonly X509Certificate2 _certificate = _issuing.Issue(Name, [Name]);
    private protected static readonly X509Certificate2 _other = _issuing.Issue("other.example", ["other.example"]);
    private protected readonly CertificateFolder _folder = new();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _folder.Dispose();
    }

    private protected static string Pem(params X509Certificate2[] certificates)
        => string.Concat(certificates.Select(c => c.ExportCertificatePem() + "\n"));

    private protected void AssertLoads(CertificateOptions options, int chain)
    {
        var (loaded, faults) = _folder.Load(options);
        Assert.Empty(faults);
        Assert.Equal(_certificate.Thumbprint, loaded!.Certificate.Thumbprint);
        Assert.True(loaded.Certificate.HasPrivateKey);
        Assert.Equal(chain, loaded.Chain.Count);
        Assert.Equal([Name], loaded.Names);
        Assert.NotEmpty(loaded.Certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey());
    }

    private protected string AssertFault(CertificateOptions options, string start)
    {
        var (certificate, faults) = _folder.Load(options);
        Assert.Null(certificate);
        var fault = Assert.Single(faults);
        Assert.StartsWith(start, fault, StringComparison.Ordinal);
        return fault;
    }

    private protected void AssertRefused(AsymmetricAlgorithm key, string problem)
    {
        using var certificate = _root.Issue(Name, [Name], key: key);
        _folder.WritePair("vip", certificate);
        AssertFault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, problem);
    }
}
