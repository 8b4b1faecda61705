using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Management;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Two certificates for one name, one with an RSA and one with an ECDSA key: what a client can verify chooses.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TwoKinds : TlsScenario
{
    private const TlsCipherSuite Rsa = TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256;
    private const TlsCipherSuite Ecdsa = TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256;

    [Theory, ClassData<TlsStacks>]
    public Task RsaFirst_TheClientsAbilitiesChoose(TlsStack engine)
        => ChoosesAsync(engine, TestCertificates.PathOf(TestCertificates.FrontRsa), TestCertificates.PathOf(TestCertificates.Front));

    [Theory, ClassData<TlsStacks>]
    public Task EcdsaFirst_TheClientsAbilitiesChoose(TlsStack engine)
        => ChoosesAsync(engine, TestCertificates.PathOf(TestCertificates.Front), TestCertificates.PathOf(TestCertificates.FrontRsa));

    [Theory, ClassData<TlsStacks>]
    public async Task Status_AndMetrics_ShowBoth(TlsStack engine)
    {
        await StartAsync(
            engine,
            Setup(TestCertificates.PathOf(TestCertificates.FrontRsa), TestCertificates.PathOf(TestCertificates.Front)),
            TestDestination.Echoing("primary"));

        var shown = Proxy.Service<StatusReader>().Read().Listeners.Single().Certificates;
        Assert.Equal([("rsa", TestCertificates.FrontName), ("ecdsa", TestCertificates.FrontName)], shown.Select(c => (c.Key, c.Subject)));
        var metrics = await Proxy.ScrapeAsync();
        Assert.All(["rsa", "ecdsa"], key => Assert.True(metrics.Sum("tls_certificate_expiry_timestamp_seconds", $"key={key}") > 0));
    }

    private async Task ChoosesAsync(TlsStack engine, string first, string second)
    {
        await StartAsync(engine, Setup(first, second), TestDestination.Echoing("primary"));
        foreach (var name in new[] { TestCertificates.FrontName, "unknown.example" })
        {
            Assert.Equal("RSA", await KeyShownAsync(name, SslProtocols.Tls12, Rsa));
            Assert.Equal("ECC", await KeyShownAsync(name, SslProtocols.Tls12, Ecdsa));
            Assert.Equal("ECC", await KeyShownAsync(name, SslProtocols.Tls12, Rsa, Ecdsa));
            Assert.Equal("ECC", await KeyShownAsync(name, SslProtocols.Tls13));
        }
    }

    private static ProxySetup Setup(string first, string second)
        => new() { Listener = Terminating(("Tls:Certificate:Path", first), ("Tls:Certificates:0:Path", second)) };

    private async Task<string?> KeyShownAsync(string name, SslProtocols version, params TlsCipherSuite[] suites)
    {
        string? shown = null;
        var options = TestCertificates.ClientOptions(name);
        options.EnabledSslProtocols = version;
        options.CipherSuitesPolicy = suites.Length > 0 ? new CipherSuitesPolicy(suites) : null;
        options.RemoteCertificateValidationCallback = (_, certificate, _, faults) =>
        {
            shown = certificate!.GetKeyAlgorithm() is "1.2.840.113549.1.1.1" ? "RSA" : "ECC";
            return faults is SslPolicyErrors.None || name != TestCertificates.FrontName;
        };
        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        return shown;
    }
}
