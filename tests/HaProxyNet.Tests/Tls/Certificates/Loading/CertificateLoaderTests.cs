using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.Certificates.Loading;

public sealed class CertificateLoaderTests : CertificateLoading
{
    [Fact]
    public void Pem_CertificateChainAndKeyInOneFile_Loads()
    {
        _folder.Write("vip.pem", Pem(_certificate, _issuing.Certificate) + TestAuthority.KeyPem(_certificate));

        AssertLoads(new CertificateOptions { Path = "vip.pem" }, chain: 1);
    }

    [Fact]
    public void Pem_KeyInItsOwnFile_Loads()
    {
        _folder.WritePair("vip", _certificate, _issuing.Certificate);

        AssertLoads(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, chain: 1);
    }

    [Fact]
    public void Pem_ChainBeforeTheCertificate_TheKeyTellsWhichOneItIs()
    {
        _folder.Write("vip.pem", Pem(_issuing.Certificate, _certificate));
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        AssertLoads(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, chain: 1);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void Pem_SavedByNotepadOrPowerShell_LoadsWhole(string encoding)
    {
        var written = Encoding.GetEncoding(encoding);
        byte[] Saved(string text) => [.. written.GetPreamble(), .. written.GetBytes(text.ReplaceLineEndings("\r\n"))];
        _folder.Write("vip.pem", Saved(Pem(_certificate, _issuing.Certificate)));
        _folder.Write("vip.key", Saved(TestAuthority.KeyPem(_certificate)));

        AssertLoads(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, chain: 1);
    }

    [Fact]
    public void Pem_EncryptedKey_LoadsWithItsPassword()
    {
        _folder.Write("vip.pem", Pem(_certificate) + TestAuthority.KeyPem(_certificate, "s3cret"));

        AssertLoads(new CertificateOptions { Path = "vip.pem", Password = "s3cret" }, chain: 0);
    }

    [Theory]
    [InlineData("RSA PRIVATE KEY")]
    [InlineData("PRIVATE KEY")]
    [InlineData("ENCRYPTED PRIVATE KEY")]
    public void Pem_RsaKey_LoadsInEveryForm(string label)
    {
        using var key = RSA.Create(2048);
        using var certificate = _root.Issue(Name, [Name], key: key);
        var pem = label switch
        {
            "RSA PRIVATE KEY" => key.ExportRSAPrivateKeyPem(),
            "PRIVATE KEY" => key.ExportPkcs8PrivateKeyPem(),
            _ => TestAuthority.KeyPem(certificate, "s3cret"),
        };
        Assert.Contains($"BEGIN {label}", pem, StringComparison.Ordinal);
        _folder.Write("vip.pem", Pem(certificate) + pem);

        var (loaded, faults) = _folder.Load(new CertificateOptions { Path = "vip.pem", Password = "s3cret" });

        Assert.Empty(faults);
        Assert.True(loaded!.Certificate.HasPrivateKey);
    }

    [Fact]
    public void Pem_EcKeyBehindItsParameters_Loads()
    {
        // What "openssl ecparam -genkey" writes.
        const string Parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        _folder.Write("vip.pem", Pem(_certificate));
        _folder.Write("vip.key", Parameters + _certificate.GetECDsaPrivateKey()!.ExportECPrivateKeyPem());

        AssertLoads(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, chain: 0);
    }

    [Fact]
    public void Pfx_WithItsPassword_LoadsWithChain()
    {
        X509Certificate2Collection all = [_certificate, X509CertificateLoader.LoadCertificate(_issuing.Certificate.RawData)];
        _folder.Write("vip.pfx", all.Export(X509ContentType.Pkcs12, "s3cret")!);

        AssertLoads(new CertificateOptions { Path = "vip.pfx", Password = "s3cret" }, chain: 1);
    }
}
