using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tests.Configuration.Tls;

public sealed class SpokenVersionsTests
{
    private const string Tls13 = "TLS_AES_128_GCM_SHA256";
    private const string Rsa = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string StaticRsa = "TLS_RSA_WITH_AES_128_GCM_SHA256";
    private const string Ecdsa = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private const string PreShared = "TLS_PSK_WITH_AES_128_GCM_SHA256";

    [Theory]
    [InlineData("", "12+13", "12+13")]
    [InlineData(Tls13, "13", "13")]
    [InlineData(Rsa, "12", "")]
    [InlineData(StaticRsa, "12", "")]
    [InlineData(Ecdsa, "", "12")]
    [InlineData(PreShared, "", "")]
    [InlineData(Rsa + "," + Ecdsa, "12", "12")]
    [InlineData(Tls13 + "," + Rsa, "12+13", "13")]
    [InlineData(Tls13 + "," + Ecdsa, "13", "12+13")]
    public void Of_SuitesAndKey(string list, string rsa, string ecdsa)
    {
        var suites = list.Split(',', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(rsa, Words(SpokenVersions.Of(TlsVersion.Tls12, suites, CertificateKey.Rsa)));
        Assert.Equal(ecdsa, Words(SpokenVersions.Of(TlsVersion.Tls12, suites, CertificateKey.Ecdsa)));
        Assert.Equal(
            rsa.EndsWith("13", StringComparison.Ordinal) ? "13" : "",
            Words(SpokenVersions.Of(TlsVersion.Tls13, suites, CertificateKey.Rsa)));
        Assert.Equal(
            ecdsa.EndsWith("13", StringComparison.Ordinal) ? "13" : "",
            Words(SpokenVersions.Of(TlsVersion.Tls13, suites, CertificateKey.Ecdsa)));
    }

    private static string Words(SpokenVersions versions) => versions switch
    {
        { Tls12: true, Tls13: true } => "12+13",
        { Tls12: true } => "12",
        { Tls13: true } => "13",
        _ => "",
    };
}
