using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Clients that have been here before, and offer the session of that time.</summary>
public sealed class ResumedClients : TlsScenario
{
    /// <summary>A session keeps the client's certificate, but not the issuers that came with it.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task CertificateOfAnIntermediate_IsServedEachTime(TlsStack engine)
    {
        await StartAsync(
            engine,
            new ProxySetup
            {
                Listener =
                    Terminating(("Tls:ClientCertificate:Mode", "Required"), ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath)),
            },
            TestDestination.Echoing("primary"));
        var options = TestCertificates.ClientOptions();
        options.AllowTlsResume = true;
        options.ClientCertificateContext = TestCertificates.ClientByIntermediate();

        for (var i = 0; i < 3; i++)
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
        }
    }
}
