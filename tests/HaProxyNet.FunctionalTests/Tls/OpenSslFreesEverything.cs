using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Renewal;
using HaProxyNet.Tls.OpenSsl;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// Whatever becomes of a handshake or a session, its object of the library is freed: here, and in all scenarios that ran before this one.
/// HAPROXYNET_TEST_TLS_HANDSHAKES says how many handshakes are made; default: 600.
/// </summary>
[Collection(nameof(Alone))]
public sealed class OpenSslFreesEverything : TlsScenario
{
    private const int AtOnce = 20;

    private static readonly int _rounds = Math.Max(
        1, (int.TryParse(Environment.GetEnvironmentVariable("HAPROXYNET_TEST_TLS_HANDSHAKES"), out var count)
            ? count
            : 600) / (AtOnce * 6));

    public OpenSslFreesEverything() => Truth.PeersCountTls = true;

    [Fact]
    public async Task EveryEnd_NothingIsLeft()
    {
        Assert.SkipWhen(OpenSslLibrary.Version is null, "needs libssl.so.3");
        var agent = TestDestination.Serving("primary", async peer =>
        {
            using var tls = await TlsPeer.ServerAsync(peer);
            await Scripts.EchoAsync(tls);
            await tls.FinishSendingAsync();
        });
        await StartAsync(TlsStack.ReactorOpenSsl, Wires.TlsTls, agent);
        var certificates = Proxy.Service<CertificateStore>().Listener(ProxyConfiguration.Listener);
        var hello = await ClientHelloBytes.TakeAsync();
        Func<TestPeer, Task>[] lives =
        [
            ServedAsync, NotTlsAsync, LeavesAsync, client => StopsAsync(client, hello), DoesNotTrustAsync, ResetsAsync,
        ];
        for (var round = 0; round < _rounds; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, AtOnce * lives.Length).Select(async i =>
            {
                using var client = await ConnectAsync();
                await lives[i % lives.Length](client);
            }));

            // What was open goes on with what it began with; the contexts of before go with their last session.
            var shown = round % 2 == 0 ? TestCertificates.Other : TestCertificates.Front;
            certificates.Swap(new ServerCertificates([new ServerCertificate(shown, [])]), certificates.Clients);
        }

        await Eventually.TrueAsync(async () => (await Proxy.ConnectionsAsync()).Count == 0, () => "no connection is open");
        await Eventually.TrueAsync(
            () => Task.FromResult(OpenSslSession.Live == 0), () => $"no session is left ({OpenSslSession.Live} are)");
    }

    private static async Task ServedAsync(TestPeer peer)
    {
        using var client = await TlsPeer.ClientAsync(peer, Trusting());
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        await client.FinishSendingAsync();
        await client.ExpectFinAsync();
    }

    private static async Task NotTlsAsync(TestPeer client)
    {
        await client.SendAsync("GET / HTTP/1.1\r\n\r\n");
        await client.ReadToEndAsync();
    }

    private static async Task LeavesAsync(TestPeer client)
    {
        client.FinishSending();
        await client.ReadToEndAsync();
    }

    private static async Task StopsAsync(TestPeer client, byte[] hello)
    {
        await client.SendAsync(hello);
        await client.ReceiveAsync(new byte[1]);
        client.Reset();
    }

    private static async Task DoesNotTrustAsync(TestPeer client)
    {
        var options = TestCertificates.ClientOptions();
        options.RemoteCertificateValidationCallback = (_, _, _, _) => false;
        await Assert.ThrowsAsync<AuthenticationException>(() => TlsPeer.ClientAsync(client, options));
    }

    private static async Task ResetsAsync(TestPeer peer)
    {
        using var client = await TlsPeer.ClientAsync(peer, Trusting());
        await client.SendAsync("ping");
        client.Reset();
    }

    /// <summary>The certificate changes under the client.</summary>
    private static System.Net.Security.SslClientAuthenticationOptions Trusting()
    {
        var options = TestCertificates.ClientOptions();
        options.RemoteCertificateValidationCallback = (_, certificate, _, _)
            => ((X509Certificate2)certificate!).Thumbprint is var shown
                && (shown == TestCertificates.Front.Thumbprint || shown == TestCertificates.Other.Thumbprint);
        return options;
    }
}
