using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.Certificates.Loading;

/// <summary>Certificates and keys that cannot be used: the fault says which file, and why.</summary>
public sealed class CertificateFaultsTests : CertificateLoading
{
    [Fact]
    public void Pem_ABlockThatIsNoPem_IsAFault()
    {
        _folder.Write(
            "vip.pem", Pem(_certificate) + "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n" + Pem(_issuing.Certificate));
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        AssertFault(new CertificateOptions
        {
            Path = "vip.pem",
            KeyPath = "vip.key",
        }, $"C.Path: {_folder["vip.pem"]}: 3 certificates begin in it, and only 2 of them can be read");
    }

    [Fact]
    public void Certificate_NoPeerCanUseIt_IsAFault()
    {
        using var weak = RSA.Create(512);
        using var odd = ECDsa.Create(ECCurve.CreateFromValue("1.3.132.0.10"));
        AssertRefused(weak, $"C: the key of '{Name}' has 512 bits");
        AssertRefused(odd, $"C: the key of '{Name}' is on a curve that peers do not offer");
        _folder.WritePair(
            "vip", _issuing.Issue(Name, [.. Enumerable.Range(0, 5000).Select(i => $"host{i}.corp.example")]), _issuing.Certificate);
        AssertFault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" }, "C: 2 certificates of ");
    }

    /// <summary>Most systems' configuration of OpenSSL: with an RSA key below 2048 bits every handshake would fail.</summary>
    [Fact]
    public void Certificate_OpenSslDoesNotTakeIt_IsAFault()
    {
        using var key = RSA.Create(1024);
        using var certificate = _root.Issue(Name, [Name], key: key);
        Assert.SkipWhen(
            CertificateTrial.ProblemOf(new ServerCertificate(certificate, [])) is null,
            "OpenSSL of this system takes RSA keys of 1024 bits");

        AssertRefused(key, $"C: OpenSSL does not take the certificate '{Name}' (ee key too small)");
    }

    [Fact]
    public void Missing_BothFilesAreNamed()
    {
        var (_, faults) = _folder.Load(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" });

        Assert.Equal(
            [
                $"C.KeyPath: there is no file {_folder["vip.key"]}; the file with the private key of the certificate: PEM or DER",
                $"C.Path: there is no file {_folder["vip.pem"]}; a file with the certificate and its chain: PEM, DER, PKCS #7 or PFX",
            ],
            faults);
    }

    [Fact]
    public void AFolder_IsNamed()
    {
        Directory.CreateDirectory(_folder["vip.pem"]);

        AssertFault(new CertificateOptions { Path = "vip.pem" }, $"C.Path: {_folder["vip.pem"]} is a directory; ");
    }

    [Fact]
    public void NotACertificate_Fault()
    {
        _folder.Write("vip.pem", "hello");
        AssertFault(new CertificateOptions { Path = "vip.pem" }, $"C.Path: {_folder["vip.pem"]}: there is no certificate in it; ");

        _folder.Write("vip.pem", TestAuthority.KeyPem(_certificate));
        AssertFault(
            new CertificateOptions { Path = "vip.pem" },
            $"C.Path: {_folder["vip.pem"]}: it is a private key: the certificate has its own file; ");

        _folder.Write("vip.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        AssertFault(new CertificateOptions { Path = "vip.pem" }, $"C.Path: {_folder["vip.pem"]}: certificate 1 in it cannot be read; ");
    }

    [Fact]
    public void HalfWritten_Fault_WhereverItEnds()
    {
        var whole = Pem(_certificate, _issuing.Certificate);
        _folder.Write("vip.key", TestAuthority.KeyPem(_certificate));

        foreach (var length in Enumerable.Range(0, whole.Length).Where(i => i % 97 == 0 && i > 40))
        {
            _folder.Write("vip.pem", whole[..length]);
            var (certificate, faults) = _folder.Load(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" });

            // Between two blocks a cut cannot be told; the leaf is whole then, and the next look finds the rest.
            Assert.True(certificate is null == faults.Length > 0, $"cut at {length}");
            Assert.True(certificate is null || whole[..length].TrimEnd().EndsWith("-----", StringComparison.Ordinal), $"cut at {length}");
        }
    }

    [Fact]
    public void NoKey_Fault()
    {
        _folder.Write("vip.pem", Pem(_certificate));
        _folder.Write("vip.key", Pem(_certificate));

        AssertFault(
            new CertificateOptions { Path = "vip.pem" }, $"C.KeyPath: is missing, and there is no private key in {_folder["vip.pem"]}; ");
        AssertFault(new CertificateOptions
        {
            Path = "vip.pem",
            KeyPath = "vip.key",
        }, $"C.KeyPath: {_folder["vip.key"]}: it is a certificate: the private key has its own file; ");
    }

    [Fact]
    public void KeyOfAnotherCertificate_Fault()
    {
        _folder.Write("vip.pem", Pem(_certificate));
        _folder.Write("vip.key", TestAuthority.KeyPem(_other));

        AssertFault(
            new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key" },
            $"C.KeyPath: the private key in {_folder["vip.key"]} does not belong to the certificate '{Name}' in {_folder["vip.pem"]}; ");
    }

    [Theory]
    [InlineData("", "C.Password: is missing, and the private key is encrypted in ")]
    [InlineData("wr0ng", "C.Password: is not the password of the private key in ")]
    public void EncryptedKey_WrongPassword_FaultWithoutIt(string password, string expected)
    {
        _folder.Write("vip.pem", Pem(_certificate) + TestAuthority.KeyPem(_certificate, "s3cret"));

        var fault = AssertFault(new CertificateOptions { Path = "vip.pem", Password = password }, expected);

        Assert.DoesNotContain("wr0ng", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "C.Password: is missing, or ")]
    [InlineData("wr0ng", "C.Password: is not the password of ")]
    public void Pfx_WrongPassword_FaultWithoutIt(string password, string expected)
    {
        _folder.Write("vip.pfx", _certificate.Export(X509ContentType.Pkcs12, "s3cret"));

        var fault = AssertFault(new CertificateOptions { Path = "vip.pfx", Password = password }, expected);

        Assert.DoesNotContain("wr0ng", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Pfx_WithoutKey_Fault()
    {
        using var bare = X509CertificateLoader.LoadCertificate(_certificate.RawData);
        _folder.Write("vip.pfx", bare.Export(X509ContentType.Pkcs12, "s3cret"));

        AssertFault(new CertificateOptions
        {
            Path = "vip.pfx",
            Password = "s3cret",
        }, $"C.Path: {_folder["vip.pfx"]} holds no private key; ");
    }

    [Fact]
    public void OldEncryption_SaysHowToConvert()
    {
        _folder.Write("vip.pem", Pem(_certificate));
        _folder.Write(
            "vip.key",
            "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");

        AssertFault(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key", Password = "x" }, "C.KeyPath: the private key in ");
    }

    [Fact]
    public void Subject_NotOnWindows_Fault()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has a store.");
        }

        AssertFault(new CertificateOptions { Subject = Name }, "C.Subject: names a certificate in a store, and only Windows has one; Path");
    }
}
