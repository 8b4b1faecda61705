using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tests.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.OpenSsl;

public sealed class OpenSslContextTests : IDisposable
{
    private readonly OpenSslContext _context;

    public OpenSslContextTests()
    {
        Assert.SkipWhen(OpenSslLibrary.Version is null, "needs libssl.so.3");
        _context = new OpenSslContext(isServer: true, TlsVersion.Tls12, CipherNames.Default);
    }

    [Fact]
    public void Use_EllipticCurveWithChain_IsTaken()
    {
        var issuing = TestAuthority.Root().Intermediate();

        _context.Use(new ServerCertificate(issuing.Issue("a.example", ["a.example"]), [issuing.Certificate]));
    }

    [Fact]
    public void Use_Rsa_IsTaken() => _context.Use(new ServerCertificate(Rsa(2048), []));

    /// <summary>Debian's and most others' configuration of OpenSSL does not take it; where one does, there is nothing to tell.</summary>
    [Fact]
    public void Use_KeyThatIsTooSmall_IsToldInOpenSslsWords()
    {
        try
        {
            _context.Use(new ServerCertificate(Rsa(1024), []));
        }
        catch (OpenSslException fault)
        {
            Assert.Contains("a.example", fault.Message, StringComparison.Ordinal);
            Assert.Contains("key too small", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Create_SuiteOfNoVersion_Throws() => Assert.Throws<OpenSslException>(
        () => new OpenSslContext(isServer: true, TlsVersion.Tls12, new CipherNames("NO-SUCH-SUITE", "")));

    public void Dispose() => _context?.Dispose();

    private static X509Certificate2 Rsa(int bits)
    {
        using var key = RSA.Create(bits);
        var request = new CertificateRequest("CN=a.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(TestAuthority.Now.AddDays(-1), TestAuthority.Now.AddDays(30));
    }
}
