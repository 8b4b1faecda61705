using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>What a client sees of a listener that terminates TLS, and what the operator sees of the client.</summary>
public sealed class Terminate : TlsScenario
{
    public static TheoryData<TlsStack, string, string> Versions { get; } = [.. new TlsStacks().SelectMany(
        engine => new[] { new TheoryDataRow<TlsStack, string, string>(engine.Data, "Tls12", "1.2"), new(engine.Data, "Tls13", "1.3") })];

    [Theory, MemberData(nameof(Versions))]
    public async Task Rpc_IsServedAndTold(TlsStack engine, string version, string label)
    {
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));
        var options = TestCertificates.ClientOptions();
        options.EnabledSslProtocols = Enum.Parse<SslProtocols>(version);

        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
        await client.SendAsync(Scripts.Request);
        Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());
        await client.FinishSendingAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "destination", 4L, 4L), (line.Outcome, line.ClosedBy, line.BytesIn, line.BytesOut));
        Assert.Equal((TestCertificates.FrontName, label), (line.Sni, line.TlsVersion));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "listener=front", $"version={label}", "result=success"));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ServerName_ChoosesTheCertificate(TlsStack engine)
    {
        await StartAsync(
            engine,
            new ProxySetup { Listener = Terminating(("Tls:Certificates:0:Path", TestCertificates.PathOf(TestCertificates.Other))) },
            TestDestination.Echoing("primary"));

        Assert.Equal(TestCertificates.Other.Thumbprint, await ThumbprintAsync(TestCertificates.OtherName));
        Assert.Equal(TestCertificates.Front.Thumbprint, await ThumbprintAsync(TestCertificates.FrontName));
        Assert.Equal(TestCertificates.Front.Thumbprint, await ThumbprintAsync("127.0.0.1"));
    }

    /// <summary>SslStream shows the letters, the certificate has the name as it is sent.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task ServerName_International_ChoosesTheCertificate(TlsStack engine)
    {
        const string name = "xn--mnchen-3ya.corp.example";
        var certificate = TestCertificates.IssuedTo(name);
        await StartAsync(
            engine,
            new ProxySetup { Listener = Terminating(("Tls:Certificates:0:Path", TestCertificates.PathOf(certificate))) },
            TestDestination.Echoing("primary"));

        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions(name));
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        await client.FinishSendingAsync();

        Assert.Equal(certificate.Thumbprint, new X509Certificate2(client.Ssl.RemoteCertificate!).Thumbprint);
        Assert.Equal(name, (await Proxy.LineAsync()).Sni);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ServerName_ChoosesTheCluster(TlsStack engine)
    {
        var first = TestDestination.Serving("primary", Scripts.AnswerAsync("1st."));
        var second = Add(TestDestination.Serving("other", Scripts.AnswerAsync("2nd.")));
        await StartAsync(
            engine,
            new ProxySetup
            {
                Listener = Terminating(
                    ("Tls:Certificates:0:Path", TestCertificates.PathOf(TestCertificates.Other)),
                    ("Routes:0:ServerName", TestCertificates.OtherName),
                    ("Routes:0:Cluster", ProxyConfiguration.Second)),
                SecondCluster = [("other", second.Address.ToString())],
            },
            first);

        Assert.Equal("1st.", await CallAsync(TestCertificates.FrontName));
        Assert.Equal("2nd.", await CallAsync(TestCertificates.OtherName));
        var lines = await Proxy.LinesAsync(2);
        Assert.Equal([ProxyConfiguration.Cluster, ProxyConfiguration.Second], lines.Select(l => l.Cluster).Order());
        Truth.DestinationsHaveOtherClients = true;
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Alpn_FirstCommonProtocolIsAgreed(TlsStack engine)
    {
        await StartAsync(
            engine, new ProxySetup { Listener = Terminating(("Tls:Alpn:0", "iq/2"), ("Tls:Alpn:1", "iq/1")) },
            TestDestination.Echoing("primary"));
        var options = TestCertificates.ClientOptions();
        options.ApplicationProtocols = [new SslApplicationProtocol("iq/1"), new SslApplicationProtocol("http/1.1")];

        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);

        Assert.Equal("iq/1", client.Ssl.NegotiatedApplicationProtocol.ToString());
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Alpn_NotConfigured_OfferIsIgnored(TlsStack engine)
    {
        await StartAsync(engine, Wires.TlsPlain, TestDestination.Echoing("primary"));
        var options = TestCertificates.ClientOptions();
        options.ApplicationProtocols = [SslApplicationProtocol.Http2];

        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);

        Assert.Equal("", client.Ssl.NegotiatedApplicationProtocol.ToString());
    }

    [Theory, ClassData<TlsStacks>]
    public async Task CipherSuites_OnlyThoseAreSpoken(TlsStack engine)
    {
        await StartAsync(
            engine, new ProxySetup { Listener = Terminating(("Tls:CipherSuites:0", "TLS_AES_128_GCM_SHA256")) },
            TestDestination.Echoing("primary"));

        using var client = await TlsPeer.ClientAsync(await ConnectAsync());

        Assert.Equal(TlsCipherSuite.TLS_AES_128_GCM_SHA256, client.Ssl.NegotiatedCipherSuite);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ClientCertificate_RequiredAndGood_IsServed(TlsStack engine)
    {
        await StartAsync(engine, new ProxySetup { Listener = AskingForCertificates("Required") }, TestDestination.Echoing("primary"));

        using var client =
            await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions(certificate: TestCertificates.Client));
        await client.SendAsync("ping");

        await client.ExpectAsync("ping");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ClientCertificate_OptionalAndNone_IsServed(TlsStack engine)
    {
        await StartAsync(engine, new ProxySetup { Listener = AskingForCertificates("Optional") }, TestDestination.Echoing("primary"));

        using var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync("ping");

        await client.ExpectAsync("ping");
    }

    private static Dictionary<string, string> AskingForCertificates(string mode) => Terminating(
        ("Tls:ClientCertificate:Mode", mode),
        ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath),
        ("Tls:ClientCertificate:AllowedSubjects:0", "iq.client"));

    private async Task<string> ThumbprintAsync(string name)
    {
        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions(name));
        return new X509Certificate2(client.Ssl.RemoteCertificate!).Thumbprint;
    }

    private async Task<string> CallAsync(string name)
    {
        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions(name));
        await client.SendAsync(Scripts.Request);
        var (answer, _) = await client.ReadToEndAsync();
        await client.FinishSendingAsync();
        return answer;
    }
}
