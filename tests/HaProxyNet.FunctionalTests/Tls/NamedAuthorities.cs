using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// A listener that asks for certificates names the authorities of CaPath: clients of Java and Windows choose among theirs by that.
/// </summary>
public sealed class NamedAuthorities : TlsScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task CertificateRequest_NamesThoseOfCaPath_AndTheNewOnesAfterARenewal(TlsStack engine)
    {
        var listener = Terminating(("Tls:ClientCertificate:Mode", "Required"), ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath));
        await StartAsync(engine, new ProxySetup { Listener = listener }, TestDestination.Echoing("primary"));
        Assert.Equal([TestCertificates.Authorities.Subject], await NamesAsync());

        var certificates = Proxy.Service<CertificateStore>().Listener(ProxyConfiguration.Listener);
        X509Certificate2Collection both = [TestCertificates.Authorities, TestCertificates.Other];
        certificates.Swap(
            certificates.Server,
            new ClientCertificateRules(ClientCertificateMode.Required, new TrustAnchors(both, TimeProvider.System), []));

        Assert.Equal(both.Select(authority => authority.Subject).Order(), (await NamesAsync()).Order());
    }

    /// <summary>What the listener names to a client, which is then served.</summary>
    private async Task<string[]> NamesAsync()
    {
        string[] named = [];
        var options = TestCertificates.ClientOptions();
        options.LocalCertificateSelectionCallback = (_, _, _, _, issuers) =>
        {
            // Asked before the request has come as well; with an answer then, it is not asked again.
            named = issuers;
            return issuers.Length > 0 ? TestCertificates.Client : null!;
        };
        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        return named;
    }
}
