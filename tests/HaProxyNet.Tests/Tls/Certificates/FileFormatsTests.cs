using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>The forms in which Windows, Java and old tools hand out certificates and keys: read, or named as what they are.</summary>
public sealed partial class FileFormatsTests : IDisposable
{
    private const string Name = "iqservice.corp.example";
    private static readonly TestAuthority _root = TestAuthority.Root();
    private static readonly TestAuthority _issuing = _root.Intermediate();
    private static readonly X509Certificate2 _certificate = _issuing.Issue(Name, [Name]);
    private static readonly X509Certificate2 _other = _issuing.Issue("other.example", ["other.example"]);
    private readonly CertificateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("der")]
    [InlineData("base64")]
    [InlineData("p7b")]
    [InlineData("p7b-pem")]
    [InlineData("p7b-base64")]
    public void Certificate_InEveryForm_LoadsWithItsChain(string form)
    {
        var chain = form.StartsWith("p7b", StringComparison.Ordinal) ? 1 : 0;
        var pkcs7 = Pkcs7Of(_issuing.Certificate, _certificate);
        _folder.Write("vip.cer", form switch
        {
            "der" => _certificate.RawData,
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(_certificate.RawData, Base64FormattingOptions.InsertLineBreaks)),
            "p7b" => pkcs7,
            "p7b-base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(pkcs7)),
            _ => Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS7", pkcs7)),
        });
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        Assert.Equal(chain, Loaded(new CertificateOptions { Path = "vip.cer", KeyPath = "vip.key" }).Count);
    }

    [Theory]
    [InlineData("pkcs8")]
    [InlineData("encrypted")]
    [InlineData("sec1")]
    [InlineData("pkcs1")]
    [InlineData("base64")]
    public void Key_InEveryBinaryForm_Loads(string form)
    {
        using var rsa = RSA.Create(2048);
        using var withRsa = _issuing.Issue(Name, [Name], key: rsa);
        var ec = _certificate.GetECDsaPrivateKey()!;
        _folder.Write("vip.cer", form is "pkcs1" ? withRsa.RawData : _certificate.RawData);
        _folder.Write("vip.key", form switch
        {
            "pkcs8" => ec.ExportPkcs8PrivateKey(),
            "encrypted" => ec.ExportEncryptedPkcs8PrivateKey(
                "s3cret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)),
            "sec1" => ec.ExportECPrivateKey(),
            "pkcs1" => rsa.ExportRSAPrivateKey(),
            _ => Encoding.ASCII.GetBytes(Convert.ToBase64String(ec.ExportPkcs8PrivateKey())),
        });

        Loaded(new CertificateOptions { Path = "vip.cer", KeyPath = "vip.key", Password = "s3cret" });
    }

    [Theory]
    [InlineData("vip.pem", "binary")]
    [InlineData("vip.pem", "base64")]
    [InlineData("vip.pem", "pem")]
    public void Pfx_UnderAnotherNameOrAsText_Loads(string file, string form)
    {
        X509Certificate2Collection all = [_certificate, _issuing.Certificate];
        var pfx = all.Export(X509ContentType.Pkcs12, "s3cret")!;
        _folder.Write(file, form switch
        {
            "binary" => pfx,
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(pfx)),
            _ => Encoding.ASCII.GetBytes(PemEncoding.WriteString("PKCS12", pfx)),
        });

        Assert.Single(Loaded(new CertificateOptions { Path = file, Password = "s3cret" }));
    }

    /// <summary>The key of the certificate may be in a PFX, and a PFX without a key may have it next to it.</summary>
    [Fact]
    public void Pfx_OnEitherSide_ComesTogether()
    {
        using var bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        _folder.WritePair("vip", _certificate, _issuing.Certificate);
        _folder.Write("key.pfx", _certificate.Export(X509ContentType.Pkcs12, "s3cret"));
        _folder.Write("bare.pfx", bare.Export(X509ContentType.Pkcs12, "s3cret"));
        _folder.Write("other.pfx", _other.Export(X509ContentType.Pkcs12, "s3cret"));

        Assert.Single(Loaded(new CertificateOptions { Path = "vip.pem", KeyPath = "key.pfx", Password = "s3cret" }));
        Loaded(new CertificateOptions { Path = "bare.pfx", KeyPath = "vip.key", Password = "s3cret" });
        Assert.Contains(
            "is a PFX file without the key of the certificate in ",
            Fault(new CertificateOptions { Path = "vip.pem", KeyPath = "other.pfx", Password = "s3cret" }),
            StringComparison.Ordinal);
    }

    /// <summary>Peers get the chain in the order of TLS 1.2, whatever the order of the file, and nothing is left out in silence.</summary>
    [Fact]
    public void Chain_InAnyOrder_IsSentInOrder_AndStrangersAreNamed()
    {
        X509Certificate2[] file = [_root.Certificate, _other, _issuing.Certificate, _certificate, _issuing.Certificate];
        _folder.Write("vip.pem", string.Concat(file.Select(c => c.ExportCertificatePem() + "\n"))
            + TestAuthority.KeyPem(_other)
            + "\n"
            + TestAuthority.KeyPem(_certificate));

        var (certificate, chain, warnings) = Load(new CertificateOptions { Path = "vip.pem" });

        // Two keys, and each fits a certificate: the first one in the file counts.
        Assert.Equal(_other.Thumbprint, certificate);
        Assert.Equal([_issuing.Certificate.Thumbprint, _root.Certificate.Thumbprint], chain);
        Assert.Equal(2, warnings.Length);
        Assert.Contains("holds 2 private keys, and one of them is used", warnings[1], StringComparison.Ordinal);
        Assert.Contains(
            $"'{Name}' has issued nothing in the chain of 'other.example', and is not sent", warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Key_OfAnotherCertificateStandsFirst_TheRightOneIsFound()
    {
        _folder.Write("vip.pem", _certificate.ExportCertificatePem());
        _folder.Write(
            "vip.key",
            TestAuthority.KeyPem(_other) + "\n" + TestAuthority.KeyPem(_certificate) + "\n" + _issuing.Certificate.ExportCertificatePem());

        Assert.Equal([_issuing.Certificate.Thumbprint], Load(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }).Chain);
    }

    public static TheoryData<string, string, string> Foreign { get; } = new()
    {
        { "/u3+7QAAAAIAAAABAAAAAQ==", "it is a Java key store (JKS) (keytool -importkeystore", "binary" },
        { "zs7OzgAAAAI=", "it is a Java key store (JCEKS) (keytool", "binary" },
        { "HvG1sAAAAAA=", "it is a key of Microsoft's (PVK) (openssl rsa -inform PVK", "binary" },
        { "UEsDBAAAAAA=", "it is a ZIP archive (unzip", "binary" },
        { "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "it is an OpenSSH key "
            + "(ssh-keygen -p -m PKCS8 -f", "text" },
        { "PuTTY-User-Key-File-3: ssh-rsa\nEncryption: none\n", "it is a PuTTY key (puttygen", "text" },
        { "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI someone@somewhere\n", "it is a public key of SSH", "text" },
        {
            "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n",
            "it is a request for a certificate (CSR)",
            "text"
        },
        { "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n", "it is a public key", "text" },
        { "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n", "it is a list of revoked certificates (CRL)", "text" },
        { "<!DOCTYPE html><html><body>Sign in</body></html>", "it is a web page (HTML)", "text" },
    };

    /// <summary>Given as the certificate, as the key, and as the authorities.</summary>
    [Theory, MemberData(nameof(Foreign))]
    public void ForeignFormat_IsNamed_WithTheCommand(string content, string expected, string form)
    {
        var bytes = form is "binary" ? Convert.FromBase64String(content) : Encoding.UTF8.GetBytes(content);
        _folder.WritePair("vip", _certificate);
        _folder.Write("strange", bytes);

        var named = $"{_folder["strange"]}: {expected}";
        Assert.Contains(named, Fault(new CertificateOptions { Path = "strange", KeyPath = "vip.key" }), StringComparison.Ordinal);
        Assert.Contains(named, Fault(new CertificateOptions { Path = "vip.pem", KeyPath = "strange" }), StringComparison.Ordinal);
        Assert.Contains(named, AuthorityFault("strange"), StringComparison.Ordinal);
    }

    [Fact]
    public void DerRequestAndPublicKeyAndRevocationList_AreNamed()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        _folder.Write("csr", request.CreateSigningRequest());
        _folder.Write("public", key.ExportSubjectPublicKeyInfo());
        _folder.Write(
            "crl",
            new CertificateRevocationListBuilder().Build(_root.Certificate, 1, TestAuthority.Now.AddYears(50), HashAlgorithmName.SHA256));

        Assert.Contains("it is a request for a certificate", Fault(new CertificateOptions { Path = "csr" }), StringComparison.Ordinal);
        Assert.Contains("it is a public key", Fault(new CertificateOptions { Path = "public" }), StringComparison.Ordinal);
        Assert.Contains("it is a list of revoked certificates", Fault(new CertificateOptions { Path = "crl" }), StringComparison.Ordinal);
    }

    /// <summary>Ed25519 and scrypt, as openssl genpkey and openssl pkcs8 -scrypt write them.</summary>
    [Theory]
    [InlineData(
        "PRIVATE KEY", "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g", "is an Ed25519 key, and RSA or ECDSA is needed")]
    [InlineData(
        "ENCRYPTED PRIVATE KEY",
        "MFMwTwYJKoZIhvcNAQUNMEIwIQYJKwYBBAHaRwQLMBQECAECAwQFBgcIAgJAAAIBCAIBATAdBglghkgBZQMEASoEEAABAgMEBQYHCAkKCwwNDg8EAA==",
        "is encrypted with scrypt, which is not read (openssl pkcs8")]
    public void Key_OfAnotherKindOrEncryption_IsNamed(string label, string data, string expected)
    {
        _folder.WritePair("vip", _certificate);
        _folder.Write("vip.key", $"-----BEGIN {label}-----\n{data}\n-----END {label}-----\n");

        Assert.Contains(
            expected,
            Fault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key", Password = "s3cret" }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Pfx_AsAuthorities_SaysHowToTakeThemOut()
    {
        _folder.Write("ca.pfx", _root.Certificate.Export(X509ContentType.Pkcs12, "s3cret"));

        Assert.Contains("it is a PFX file (openssl pkcs12 -in ", AuthorityFault("ca.pfx"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("der")]
    [InlineData("p7b")]
    public void Authorities_InBinaryForms_Load(string form)
    {
        _folder.Write("ca", form is "der" ? _root.Certificate.RawData : Pkcs7Of(_root.Certificate, _issuing.Certificate));

        Assert.Equal("", AuthorityFault("ca"));
    }

    [Theory]
    [InlineData("p7b")]
    [InlineData("der")]
    [InlineData("pfx")]
    public void Cut_Anywhere_IsAFault(string form)
    {
        var whole = form switch
        {
            "p7b" => Pkcs7Of(_certificate, _issuing.Certificate),
            "der" => _certificate.RawData,
            _ => _certificate.Export(X509ContentType.Pkcs12, "s3cret"),
        };
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));
        for (var length = 1; length < whole.Length; length += 37)
        {
            _folder.Write("vip.cut", whole[..length]);
            Fault(new CertificateOptions { Path = "vip.cut", KeyPath = form is "pfx" ? "" : "vip.key", Password = "s3cret" });
        }
    }

    /// <summary>
    /// A search that grows with the square of the file would stop a start, and every look at a file that is being renewed.
    /// </summary>
    [Fact]
    public void BeginLinesAlone_AreCountedAndNotSearched()
    {
        _folder.Write("vip.pem", string.Concat(Enumerable.Repeat("-----BEGIN A-----\n-----END B-----\n", 100_000)));

        Assert.Contains(
            "100000 blocks begin in it, and 5000 are the most that is read",
            Fault(new CertificateOptions { Path = "vip.pem" }),
            StringComparison.Ordinal);
    }

    /// <summary>Neither blocks, nor fills the memory.</summary>
    [Theory]
    [InlineData("pipe", "cannot be read: it is a pipe, a socket or a device")]
    [InlineData("/dev/zero", "cannot be read: it has more than 4 MB")]
    [InlineData("/dev/null", "is empty")]
    [InlineData("/dev", "/dev is a directory")]
    public void PipeDeviceFolder_IsNamed(string path, string expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes and devices are Linux's.");
        if (path is "pipe")
        {
            using var made = System.Diagnostics.Process.Start("mkfifo", _folder["pipe"]);
            made.WaitForExit();
        }

        _folder.WritePair("vip", _certificate);
        Assert.Contains(expected, Fault(new CertificateOptions { Path = path, KeyPath = "vip.key" }), StringComparison.Ordinal);
        Assert.Contains(expected, Fault(new CertificateOptions { Path = "vip.pem", KeyPath = path }), StringComparison.Ordinal);
        Assert.Contains(expected, AuthorityFault(path), StringComparison.Ordinal);
    }
}
