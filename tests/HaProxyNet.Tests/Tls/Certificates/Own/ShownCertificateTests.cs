using System.Security.Cryptography;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tests.Tls.Certificates.Own;

/// <summary>HAProxy's words: NetworkTests compares them with its own.</summary>
public sealed class ShownCertificateTests
{
    [Theory]
    [InlineData("1.2.840.113549.1.1.11", "RSA-SHA256")]
    [InlineData("1.2.840.113549.1.1.10", "RSASSA-PSS")]
    [InlineData("1.2.840.10045.4.3.3", "ecdsa-with-SHA384")]
    [InlineData("1.3.101.112", "ED25519")]
    [InlineData("1.2.3", "")]
    [InlineData(null, "")]
    public void NameOfSignature_ShortName(string? number, string name) => Assert.Equal(name, ShownCertificate.NameOfSignature(number));

    [Theory]
    [InlineData(256, "EC256")]
    [InlineData(521, "EC521")]
    public void Ecdsa_BitsOfItsCurve(int bits, string name)
    {
        using var key = ECDsa.Create(bits == 256 ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP521);
        Assert.Equal(new ShownCertificate(name, "ecdsa-with-SHA256"), Shown(key));
    }

    [Fact]
    public void Rsa_BitsOfItsKeyAndItsAuthoritysSignature()
    {
        using var key = RSA.Create(2048);
        Assert.Equal(new ShownCertificate("RSA2048", "ecdsa-with-SHA256"), Shown(key));
    }

    private static ShownCertificate Shown(AsymmetricAlgorithm key)
    {
        using var certificate = TestAuthority.Root().Issue("iq.example", key: key);
        return new ServerCertificate(certificate, []).Shown;
    }
}
