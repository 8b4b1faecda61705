using System.Net.Security;
using System.Security.Authentication;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// Clients that do not fit: each is reset and counted, one event says why, no destination hears of it, and the listener lives.
/// </summary>
public sealed class RefusedClients : TlsScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task NoCertificateWhereRequired(TlsStack engine)
        => await RefusedAsync(engine, Asking("Required"), TestCertificates.ClientOptions(), "certificate_refused", "no certificate");

    [Theory, ClassData<TlsStacks>]
    public async Task CertificateOfAStranger(TlsStack engine) => await RefusedAsync(
        engine, Asking("Required"), TestCertificates.ClientOptions(certificate: TestCertificates.StrangeClient), "certificate_refused",
        "Strange Authority");

    [Theory, ClassData<TlsStacks>]
    public async Task CertificateOfAStrangerWhereOptional(TlsStack engine) => await RefusedAsync(
        engine, Asking("Optional"), TestCertificates.ClientOptions(certificate: TestCertificates.StrangeClient), "certificate_refused",
        "Strange Authority");

    [Theory, ClassData<TlsStacks>]
    public async Task CertificateForServers(TlsStack engine) => await RefusedAsync(
        engine, Asking("Required"), TestCertificates.ClientOptions(certificate: TestCertificates.Agent), "certificate_refused",
        "Client Authentication");

    [Theory, ClassData<TlsStacks>]
    public async Task VersionTooOld(TlsStack engine)
    {
        var options = TestCertificates.ClientOptions();
        options.EnabledSslProtocols = SslProtocols.Tls12;
        await RefusedAsync(engine, Terminating(("Tls:MinVersion", "Tls13")), options, "no_agreement", "no version");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task NoCommonProtocol(TlsStack engine)
    {
        var options = TestCertificates.ClientOptions();
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];
        await RefusedAsync(engine, Terminating(("Tls:Alpn:0", "iq/1")), options, "no_agreement", "protocol");
    }

    private static Dictionary<string, string> Asking(string mode) => Terminating(
        ("Tls:ClientCertificate:Mode", mode),
        ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath));

    private async Task RefusedAsync(
        TlsStack engine,
        Dictionary<string, string> listener,
        SslClientAuthenticationOptions options,
        string result,
        string why)
    {
        await ServeAsync(engine, listener);

        var peer = await ConnectAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            // With TLS 1.3 a client learns only behind its own handshake that it was refused.
            using var client = await TlsPeer.ClientAsync(peer, options);
            if (await client.ReceiveAsync(new byte[1]) == 0)
            {
                throw new IOException("The end, where an alert or a reset was due.");
            }
        });

        var line = await Proxy.LineAsync();
        Assert.Equal(("tls_failed", "proxy", "", 0), (line.Outcome, line.ClosedBy, line.Destination, line.Attempts));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "listener=front", $"result={result}"));
        var failed = Assert.Single(Proxy.Log.Events(EventIds.HandshakeFailed));
        Assert.Equal(result, failed.Field("Result"));
        Assert.Contains(why, failed.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, _agent!.Traffic.Connections);
    }

    private TestDestination? _agent;

    private async Task ServeAsync(TlsStack engine, Dictionary<string, string> listener)
    {
        _agent = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup { Listener = listener }, _agent);
    }
}
