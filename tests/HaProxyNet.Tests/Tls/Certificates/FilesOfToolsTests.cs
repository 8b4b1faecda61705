using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Loading;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>
/// What keytool, Windows and old OpenSSL write is read, or named as what it is with the command that converts it; it is never taken for a
/// wrong password.
/// </summary>
public sealed class FilesOfToolsTests : IDisposable
{
    private readonly CertificateFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(FilesOfTools.KeytoolPkcs12)]
    [InlineData(FilesOfTools.LegacyPfx)]
    public void Pfx_OfTool_Loads(string content)
    {
        _folder.Write("vip.pfx", Convert.FromBase64String(content));

        var (certificate, faults) = _folder.Load(new CertificateOptions { Path = "vip.pfx", Password = FilesOfTools.Password });

        Assert.Empty(faults);
        Assert.True(certificate!.Certificate.HasPrivateKey);
    }

    [Fact]
    public void Key_EncryptedByPbes1_Loads()
    {
        WriteCertificate();
        _folder.Write("vip.key", Convert.FromBase64String(FilesOfTools.Rc2Key));

        var (_, faults) = _folder.Load(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key", Password = FilesOfTools.Password });

        Assert.Empty(faults);
    }

    [Theory]
    [InlineData(FilesOfTools.KeytoolJks, "it is a Java key store (JKS) (keytool -importkeystore")]
    [InlineData(FilesOfTools.Rc4Pfx, "is encrypted with RC4, which is not read (openssl pkcs12 -legacy")]
    public void Certificate_InFormThatIsNotRead_IsNamed(string content, string expected)
    {
        _folder.Write("vip.pfx", Convert.FromBase64String(content));

        var fault = FaultOf(new CertificateOptions { Path = "vip.pfx", Password = FilesOfTools.Password });

        Assert.Contains(expected, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_InFormThatIsNotRead_IsNamed()
    {
        WriteCertificate();
        _folder.Write("vip.key", Convert.FromBase64String(FilesOfTools.Rc4Key));

        var fault = FaultOf(new CertificateOptions { Path = "vip.pem", KeyPath = "vip.key", Password = FilesOfTools.Password });

        Assert.Contains("is encrypted with RC4, which is not read (openssl pkcs8", fault, StringComparison.Ordinal);
    }

    /// <summary>What is read with another password is not called a foreign encryption.</summary>
    [Fact]
    public void Pfx_WrongPassword_IsSaid()
    {
        _folder.Write("vip.pfx", Convert.FromBase64String(FilesOfTools.LegacyPfx));

        var fault = FaultOf(new CertificateOptions { Path = "vip.pfx", Password = "other" });

        Assert.Contains("is not the password of ", fault, StringComparison.Ordinal);
    }

    /// <summary>Nothing that is configured is left out in silence.</summary>
    [Fact]
    public void Key_NextToAPfxWithItsOwn_IsSaidNotToBeUsed()
    {
        _folder.Write("vip.pfx", Convert.FromBase64String(FilesOfTools.LegacyPfx));
        _folder.Write("vip.key", Convert.FromBase64String(FilesOfTools.Rc2Key));
        var options = new CertificateOptions { Path = "vip.pfx", KeyPath = "vip.key", Password = FilesOfTools.Password };
        var faults = new FaultCollector();
        var files = ConfiguredFiles.Read(_folder.Path, CertificateLoader.FilesOf(options), []);

        CertificateLoader.Load(options, new SettingPath("C", "C"), files, faults);

        Assert.Empty(faults.Faults);
        Assert.Contains("vip.key is not used: ", Assert.Single(faults.Warnings).ToString(), StringComparison.Ordinal);
    }

    private void WriteCertificate()
    {
        using var certificate = X509CertificateLoader.LoadPkcs12(Convert.FromBase64String(FilesOfTools.LegacyPfx), FilesOfTools.Password);
        _folder.Write("vip.pem", certificate.ExportCertificatePem());
    }

    private string FaultOf(CertificateOptions options) => string.Join('\n', _folder.Load(options).Faults);
}
