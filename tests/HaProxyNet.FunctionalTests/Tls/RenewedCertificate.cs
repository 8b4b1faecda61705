using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>What a listener shows is replaced while it serves.</summary>
public sealed class RenewedCertificate : TlsScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task Swap_NewHandshakesShowIt_OpenConnectionsGoOn(TlsStack engine)
    {
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Echoing("primary"));
        var certificates = Proxy.Service<CertificateStore>().Listener(ProxyConfiguration.Listener);
        using var before = await TlsPeer.ClientAsync(await ConnectAsync());

        certificates.Swap(new ServerCertificates([new ServerCertificate(TestCertificates.Other, [])]), certificates.Clients);

        using var after = await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions(TestCertificates.OtherName));
        Assert.Equal(TestCertificates.Other.Thumbprint, new X509Certificate2(after.Ssl.RemoteCertificate!).Thumbprint);
        await ExchangeAsync(before);
        await ExchangeAsync(after);
    }

    /// <summary>A client that was let in without a certificate is not let in again by its ticket when one is required.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Swap_CertificateIsRequiredFromNowOn_NobodyComesBackWithout(TlsStack engine)
    {
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Echoing("primary"));
        var certificates = Proxy.Service<CertificateStore>().Listener(ProxyConfiguration.Listener);
        var options = TestCertificates.ClientOptions();
        options.AllowTlsResume = true;
        using var before = await TlsPeer.ClientAsync(await ConnectAsync(), options);
        await ExchangeAsync(before);

        var anchors = new TrustAnchors([TestCertificates.Authorities], TimeProvider.System);
        certificates.Swap(certificates.Server, new ClientCertificateRules(ClientCertificateMode.Required, anchors, []));

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var again = await TlsPeer.ClientAsync(await ConnectAsync(), options);
            await ExchangeAsync(again);
        });
        await Eventually.TrueAsync(
            async () => (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "result=certificate_refused") == 1, () => "it was refused");
    }

    private static async Task ExchangeAsync(TlsPeer client)
    {
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
    }
}
