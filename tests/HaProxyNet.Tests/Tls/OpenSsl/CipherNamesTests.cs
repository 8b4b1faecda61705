using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.Tests.Tls.OpenSsl;

public sealed class CipherNamesTests
{
    public CipherNamesTests() => Assert.SkipWhen(OpenSslLibrary.Version is null, "needs libssl.so.3");

    [Fact]
    public void From_Nothing_Default() => Assert.Same(CipherNames.Default, CipherNames.From([]));

    [Fact]
    public void From_BothVersions_OpenSslsNamesInTheirOrder() => Assert.Equal(
        new CipherNames("ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_CHACHA20_POLY1305_SHA256:TLS_AES_256_GCM_SHA384"),
        CipherNames.From(
        [
            "TLS_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        ]));

    [Fact]
    public void From_OneVersion_TheOtherIsNotSpoken()
    {
        Assert.Equal(new CipherNames("", "TLS_AES_128_GCM_SHA256"), CipherNames.From(["TLS_AES_128_GCM_SHA256"]));
        Assert.Equal(new CipherNames("ECDHE-RSA-AES128-GCM-SHA256", ""), CipherNames.From(["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]));
    }

    [Fact]
    public void From_SuiteThatOpenSslDoesNotHave_IsLeftOut()
    {
        // 40 bits, of the last century.
        const string Export = "TLS_RSA_EXPORT_WITH_RC4_40_MD5";
        Assert.Equal(
            new CipherNames("ECDHE-RSA-AES128-GCM-SHA256", ""), CipherNames.From([Export, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"]));
        Assert.Contains(Export, Assert.Throws<OpenSslException>(() => CipherNames.From([Export])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Default_OpenSslTakesIt()
    {
        using var context = new OpenSslContext(isServer: true, HaProxyNet.Configuration.Tls.TlsVersion.Tls12, CipherNames.Default);

        Assert.False(context.IsInvalid);
    }
}
