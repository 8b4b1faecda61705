using System.Security.Cryptography;
using System.Text;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>Files that were put together from others.</summary>
public sealed partial class FileFormatsTests
{
    /// <summary>Tools append to each other's files: without a line end between, with a mark in the middle, in another encoding.</summary>
    [Theory]
    [InlineData("glued")]
    [InlineData("mark-between")]
    [InlineData("utf16-twice")]
    [InlineData("utf16-behind-ascii")]
    [InlineData("ascii-behind-utf16")]
    [InlineData("utf16be-without-mark")]
    [InlineData("utf32")]
    [InlineData("revoked-between")]
    [InlineData("p7b-as-certificate")]
    [InlineData("der-twice")]
    [InlineData("der-and-line-end")]
    public void Chain_PutTogetherFromTwoFiles_IsWhole(string form)
    {
        var (own, issuer) = (_certificate.ExportCertificatePem(), _issuing.Certificate.ExportCertificatePem());
        var revoked = PemEncoding.WriteString("X509 CRL", [0x30, 0]);
        byte[] content = form switch
        {
            "glued" => Encoding.ASCII.GetBytes(own + issuer),
            "mark-between" => Encoding.UTF8.GetBytes($"\uFEFF{own}\uFEFF{issuer}"),
            "utf16-twice" => [.. Utf16(own + "\r\n"), .. Utf16(issuer)],
            "utf16-behind-ascii" => [.. Encoding.ASCII.GetBytes(own + "\r\n"), .. Encoding.Unicode.GetBytes(issuer)],
            "ascii-behind-utf16" => [.. Utf16(own + "\r\n"), .. Encoding.ASCII.GetBytes(issuer)],
            "utf16be-without-mark" => Encoding.BigEndianUnicode.GetBytes(own + "\n" + issuer),
            "utf32" => Encoding.UTF32.GetBytes(own + "\n" + issuer),
            "revoked-between" => Encoding.ASCII.GetBytes(own + revoked + issuer),
            "p7b-as-certificate" => Encoding.ASCII.GetBytes(
                PemEncoding.WriteString("CERTIFICATE", Pkcs7Of(_issuing.Certificate, _certificate))),
            "der-twice" => [.. _certificate.RawData, .. _issuing.Certificate.RawData],
            _ => [.. _certificate.RawData, 13, 10, .. _issuing.Certificate.RawData, 13, 10, 26],
        };
        _folder.Write("vip.cer", content);
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        Assert.Equal(
            _issuing.Certificate.Thumbprint,
            Assert.Single(Loaded(new CertificateOptions { Path = "vip.cer", KeyPath = "vip.key" })).Thumbprint);

        static byte[] Utf16(string text) => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)];
    }

    [Fact]
    public void Der_WithSomethingElseBehind_IsAFault()
    {
        _folder.Write("vip.cer", [.. _certificate.RawData, 1, 2, 3]);
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        Assert.Contains(
            "what stands behind its certificate 1 is none",
            Fault(new CertificateOptions { Path = "vip.cer", KeyPath = "vip.key" }),
            StringComparison.Ordinal);
    }

    /// <summary>Firefox and pk12util: a million iterations.</summary>
    [Fact]
    public void Pfx_OfAMillionIterations_Loads()
    {
        var byAMillion = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000_000);
        _folder.Write("vip.pfx", _certificate.ExportPkcs12(byAMillion, "s3cret"));

        Assert.Empty(Loaded(new CertificateOptions { Path = "vip.pfx", Password = "s3cret" }));
    }

    /// <summary>What <c>kubectl get secret -o yaml</c> shows: a PEM file in base64.</summary>
    [Fact]
    public void Pem_InBase64_IsReadWhereverItIsGiven()
    {
        _folder.Write("vip.pem", Base64(_certificate.ExportCertificatePem() + "\n" + _issuing.Certificate.ExportCertificatePem()));
        _folder.Write("vip.key", Base64(TestAuthority.KeyPem(_certificate)));
        _folder.Write("ca.pem", Base64(_root.Certificate.ExportCertificatePem()));

        Assert.Single(Loaded(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }));
        Assert.Equal("", AuthorityFault("ca.pem"));

        static string Base64(string text)
            => Convert.ToBase64String(Encoding.ASCII.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
    }

    /// <summary>The two files of a pair, in each other's place.</summary>
    [Fact]
    public void CertificateAndKey_Exchanged_AreNamed()
    {
        _folder.WritePair("vip", _certificate);
        const string Certificate = "vip.pem: it is a certificate: the private key has its own file";
        const string Key = "vip.key: it is a private key: the certificate has its own file";

        Assert.Contains(Key, Fault(new CertificateOptions { Path = "vip.key", KeyPath = "vip.pem" }), StringComparison.Ordinal);
        Assert.Contains(Certificate, Fault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.pem" }), StringComparison.Ordinal);
        Assert.Contains(Key, AuthorityFault("vip.key"), StringComparison.Ordinal);
    }

    [Fact]
    public void Key_CutShort_IsSaid()
    {
        _folder.WritePair("vip", _certificate);
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate)[..100]);

        Assert.Contains(
            "vip.key: its last block is cut short",
            Fault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pkcs7_WithoutACertificate_IsSaid()
    {
        _folder.Write("vip.p7b", Pkcs7Of());

        Assert.Contains(
            "it is a PKCS #7 file without a certificate", Fault(new CertificateOptions { Path = "vip.p7b" }), StringComparison.Ordinal);
    }
}
