using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Control.Documents;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Management;
using HaProxyNet.Management.Explaining;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// Destinations that the proxy speaks TLS to: one that accepts and shows the wrong certificate is not found up by a probe that only sees
/// that it accepts, so it does not flap.
/// </summary>
public sealed class ProbesLikeConnections : TlsScenario
{
    private const int Probes = 6;
    private readonly ConcurrentQueue<string> _faults = new();
    private volatile X509Certificate2 _shown = TestCertificates.Other;
    private int _endedInOrder;

    public ProbesLikeConnections() => Truth.PeersCountTls = true;

    /// <summary>With the default settings of Health but for the interval: nobody has to think of it.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task WrongCertificate_DownOnceAndNotUpBeforeItIsRight(TlsStack engine)
    {
        await StartAsync(engine, Setup(), Primary(), Secondary());
        await DownForAsync(Probes);

        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
        AssertToldWhy($"is not for '{TestCertificates.AgentName}' but for {TestCertificates.OtherName}");
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("probes_total", "destination=primary", "method=half_open", "result=success"));

        await RightAgainAsync();
    }

    [Theory, ClassData<TlsStacks>]
    public async Task CertificateOfAStranger_ItsAuthorityIsNamed(TlsStack engine)
    {
        _shown = TestCertificates.StrangeAgent;
        await StartAsync(engine, Setup(), Primary(), Secondary());
        await DownForAsync(Probes);

        AssertToldWhy("Strange Authority");
        await RightAgainAsync();
    }

    /// <summary>A page at another port says that all is well: the certificate is asked for before.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task WrongCertificateAndPageSaysYes_Down(TlsStack engine)
    {
        using var page = TestDestination.Serving("page", async peer =>
        {
            await peer.ReceiveAsync(new byte[1024]);
            await peer.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        });
        await StartAsync(
            engine,
            Setup(("Health:Method", "Http"), ("Health:Tls", "false"), ("Health:Port", $"{page.Address.Port}")),
            Primary(),
            Secondary());
        await DownForAsync(Probes);

        await RightAgainAsync();
        Assert.NotEqual(0, (await Proxy.ScrapeAsync()).Sum("probes_total", "destination=primary", "method=http", "result=success"));
    }

    /// <summary>A restart is not what the certificate was: that it refuses meanwhile and then accepts does not bring it up.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task RestartsWithTheSameWrongCertificate_StaysDown(TlsStack engine)
    {
        var primary = Primary();
        await StartAsync(engine, Setup(), primary, Secondary());
        await DownForAsync(1);
        primary.StopListening();
        await ProbedAsync(1, "tls", "refused");
        primary.Revive(Script("1st.", () => _shown));
        await DownForAsync((await FailedAsync()) + 2);

        await RightAgainAsync();
    }

    /// <summary>Found before a client finds it; and the other one, of an authority that the system does not know, is well.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task MethodTls_IdleDestinationsAreAskedUnderTheTermsOfTheCluster(TlsStack engine)
    {
        Truth.DestinationsHaveOtherClients = true; // a probe may be under way at the end, and is not counted yet
        await StartAsync(engine, Setup(("Health:Method", "Tls"), ("Health:Interval", "00:00:00.100")), Primary(), Secondary());
        await ProbedAsync(Probes, "tls", "tls_failed");

        Assert.Equal("2nd.", await CallAsync());
        Assert.Equal((1, 0), Changes());
        AssertToldWhy($"is not for '{TestCertificates.AgentName}' but for {TestCertificates.OtherName}");
        Assert.NotEmpty(Proxy.Log.Events(EventIds.ProbesHandshakeFailed));

        await RightAgainAsync();
        await Eventually.TrueAsync(() => Volatile.Read(ref _endedInOrder) > Probes, "probes that ended in order");
        Assert.Empty(_faults);
    }

    private static ProxySetup Setup(params (string Key, string Value)[] settings)
        => new() { Cluster = Reencrypting(settings.Append((Key: "Health:DownInterval", Value: "00:00:00.100")).DistinctBy(s => s.Key)) };

    private TestDestination Primary() => TestDestination.Serving("primary", Script("1st.", () => _shown));

    private TestDestination Secondary() => TestDestination.Serving("secondary", Script("2nd.", () => TestCertificates.Agent));

    /// <summary>Clients are served by the secondary meanwhile, all of them, and the primary goes down once.</summary>
    private async Task DownForAsync(double probes)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                Assert.Equal("2nd.", await CallAsync());
                Assert.Equal((1, 0), Changes());
                return await FailedAsync() >= probes;
            },
            () => $"{probes} probes whose handshake failed");
        Assert.Equal(Vocabulary.HealthReason.Tls, Proxy.Cluster.Find("primary")!.Condition.Reason);
        Assert.Equal(Vocabulary.DestinationStatus.Down, Proxy.Cluster.Find("primary")!.Condition.State);
    }

    private async Task RightAgainAsync()
    {
        _shown = TestCertificates.Agent;
        await Eventually.TrueAsync(() => Proxy.Cluster.Candidates.Destinations[0].Name == "primary", "the primary is tried first again");
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal((1, 1), Changes());
        Assert.Null(StatusOfPrimary().Detail);
    }

    private (int Down, int Up) Changes() => (Of(EventIds.DestinationDown), Of(EventIds.DestinationUp));

    private int Of(int id) => Proxy.Log.Events(id).Count(e => e.Field("Destination") == "primary");

    /// <summary>In the status, and in the explanation of what a connection gets.</summary>
    private void AssertToldWhy(string expected)
    {
        Assert.Contains(expected, StatusOfPrimary().Detail, StringComparison.Ordinal);
        var why = Explainer.Explain(Proxy.Listener, client: null, serverName: null).Destinations.Single(d => d.Name == "primary").Why;
        Assert.Contains("down (tls: ", why, StringComparison.Ordinal);
        Assert.Contains(expected, why, StringComparison.Ordinal);
    }

    private DestinationStatusEntry StatusOfPrimary()
        => Proxy.Service<StatusReader>().Read().Clusters[0].Destinations.Single(d => d.Name == "primary");

    private Task<double> FailedAsync() => ProbesAsync("tls", "tls_failed");

    private async Task<double> ProbesAsync(string method, string result)
        => (await Proxy.ScrapeAsync()).Sum("probes_total", "destination=primary", $"method={method}", $"result={result}");

    private Task ProbedAsync(double count, string method, string result)
        => Eventually.TrueAsync(async () => await ProbesAsync(method, result) >= count, () => $"{count} probes, {method}, {result}");

    private Func<TestPeer, Task> Script(string answer, Func<X509Certificate2> shown) => async peer =>
    {
        TlsPeer tls;
        var certificate = shown();
        try
        {
            tls = await TlsPeer.ServerAsync(peer, TestCertificates.ServerOptions(certificate));
        }
        catch (Exception end) when (end is AuthenticationException or IOException)
        {
            // The proxy does not take this certificate, or has only knocked.
            return;
        }

        using (tls)
        {
            await ServeAsync(tls, answer, isRight: ReferenceEquals(certificate, TestCertificates.Agent));
        }
    };

    private async Task ServeAsync(TlsPeer tls, string answer, bool isRight)
    {
        try
        {
            if (await tls.ReceiveAsync(new byte[Scripts.Request.Length]) > 0)
            {
                await tls.SendAsync(answer);
            }

            await tls.FinishSendingAsync();
            Interlocked.Add(ref _endedInOrder, isRight ? 1 : 0);
        }
        catch (Exception fault) when (!isRight && fault is (IOException or SocketException))
        {
            // With TLS 1.3 the server is through before the proxy has looked at the certificate.
        }
        catch (Exception fault) when (fault is IOException or SocketException)
        {
            _faults.Enqueue(fault.Message);
        }
    }
}
