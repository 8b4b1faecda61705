using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Control.Documents;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Management;
using HaProxyNet.Management.Explaining;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>TLS is passed through, and probes speak it: they take what Health says, and say why they do not take it.</summary>
public sealed class ProbesOfPassthrough : TlsScenario
{
    private X509Certificate2 _shown = TestCertificates.Agent;
    private bool _asksForCertificate;
    private string _shownByProbe = "";

    public ProbesOfPassthrough()
    {
        Truth.PeersCountTls = true;
        Truth.DestinationsHaveOtherClients = true; // a probe may be under way at the end, and is not counted yet
    }

    /// <summary>An authority that this machine does not know.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task AuthorityOfTheCompany_NotConfigured_DownAndWhyIsEverywhere(TlsStack engine)
    {
        await StartAsync(engine, Setup(), Agent());
        await ProbedAsync(3, "tls_failed");

        const string Why = "the certificate 'agents.corp.example' is not taken: its chain ends at 'CN=agents.corp.example', and the issuer "
            + "'CN=Test Authority' is not known here";
        await Eventually.TrueAsync(() => !Proxy.IsUp("primary"), "the primary is down");
        Assert.Contains(Why, Entry().Detail, StringComparison.Ordinal);
        Assert.Contains(
            Why, Explainer.Explain(Proxy.Listener, client: null, serverName: null).Destinations[0].Why, StringComparison.Ordinal);
        Assert.Contains(Why, Assert.Single(Proxy.Log.Events(EventIds.ProbesHandshakeFailed)).Field("Why"), StringComparison.Ordinal);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task CaPath_Up(TlsStack engine)
    {
        await StartAsync(engine, Setup(("Health:CaPath", TestCertificates.CaPath)), Agent());
        await ProbedAsync(3, "success");

        Assert.True(Proxy.IsUp("primary"));
        Assert.Empty(Proxy.Log.Events(EventIds.ProbesHandshakeFailed));
        Assert.NotEqual(0, (await Proxy.ScrapeAsync()).Sum("tls_certificate_expiry_timestamp_seconds", "destination=primary"));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Thumbprint_TakesThatOneAlone(TlsStack engine)
    {
        await StartAsync(
            engine, Setup(("Health:Thumbprints:0", TestCertificates.Agent.GetCertHashString(HashAlgorithmName.SHA256))), Agent());
        await ProbedAsync(1, "success");

        _shown = TestCertificates.Other;
        await ProbedAsync(1, "tls_failed");
        await Eventually.TrueAsync(
            () => Entry().Detail is { } detail && detail.Contains("is not one of Health.Thumbprints", StringComparison.Ordinal),
            "the detail");

        _shown = TestCertificates.Agent;
        await Eventually.TrueAsync(() => Proxy.IsUp("primary"), "the primary is up");
        Assert.Null(Entry().Detail);
    }

    /// <summary>RadSec, and everything else with mutual TLS.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task Certificate_IsShown(TlsStack engine)
    {
        _asksForCertificate = true;
        await StartAsync(
            engine,
            Setup(
                ("Health:CaPath", TestCertificates.CaPath), ("Health:Certificate:Path", TestCertificates.PathOf(TestCertificates.Client))),
            Agent());
        await ProbedAsync(1, "success");

        Assert.Equal("CN=iq.client", _shownByProbe);
    }

    /// <summary>Only the intermediate is missing, and the certificate says where it would be: nobody goes there.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task IntermediateToFetch_IsNotFetched(TlsStack engine)
    {
        using var place = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        place.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        place.Listen();
        _shown = TestCertificates.ByIntermediate(new Uri($"http://{place.LocalEndPoint}/issuer.crt"));
        await StartAsync(engine, Setup(("Health:CaPath", TestCertificates.CaPath)), Agent());
        await ProbedAsync(3, "tls_failed");

        Assert.False(place.Poll(0, SelectMode.SelectRead));
        await Eventually.TrueAsync(
            () => Entry().Detail is { } detail && detail.Contains("Test Intermediate", StringComparison.Ordinal),
            "the detail names the issuer that is missing");
    }

    private static ProxySetup Setup(params (string Key, string Value)[] more) => new()
    {
        Listener = PassthroughSetup.Plain.Listener,
        Cluster = new[]
            {
                (Key: "Health:Probe", Value: "Always"), (Key: "Health:Method", Value: "Tls"),
                (Key: "Health:Host", Value: TestCertificates.AgentName),
                (Key: "Health:Interval", Value: "00:00:00.050"), (Key: "Health:DownInterval", Value: "00:00:00.050"),
            }
            .Concat(more).ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal),
    };

    private DestinationStatusEntry Entry() => Proxy.Service<StatusReader>().Read().Clusters[0].Destinations[0];

    private Task ProbedAsync(double count, string result) => Eventually.TrueAsync(
        async () => (await Proxy.ScrapeAsync()).Sum("probes_total", "method=tls", $"result={result}") >= count,
        () => $"{count} probes with {result}");

    private TestDestination Agent() => TestDestination.Serving("primary", async peer =>
    {
        try
        {
            using var tls = await TlsPeer.ServerAsync(peer, Options());
            _shownByProbe = tls.Ssl.RemoteCertificate?.Subject ?? "";
            await tls.ReceiveAsync(new byte[1]);
            await tls.FinishSendingAsync();
        }
        catch (Exception end) when (end is AuthenticationException or IOException)
        {
            // The probe does not take this certificate.
        }
    });

    private SslServerAuthenticationOptions Options()
    {
        var options = TestCertificates.ServerOptions(_shown);
        options.ClientCertificateRequired = _asksForCertificate;
        options.CertificateChainPolicy = TestCertificates.Trust();
        return options;
    }
}
