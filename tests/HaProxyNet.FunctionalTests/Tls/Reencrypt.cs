using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// The proxy as a TLS client of its destinations: a handshake that fails is a failed attempt, and nothing of the client was given away.
/// </summary>
public sealed class Reencrypt : TlsScenario
{
    private readonly ConcurrentQueue<string> _asked = new();

    public Reencrypt() => Truth.PeersCountTls = true;

    [Theory, ClassData<TlsStacks>]
    public async Task Rpc_IsServed(TlsStack engine)
    {
        await StartAsync(engine, Wires.TlsTls, Serving("primary", "pong", TestCertificates.Agent));

        Assert.Equal("pong", await RpcAsync());

        Assert.Equal(TestCertificates.AgentName, Assert.Single(_asked));
        Assert.Equal(("primary", 1), ((await Proxy.LineAsync()).Destination, (await Proxy.LineAsync()).Attempts));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task StrangeCertificate_NextDestination(TlsStack engine)
        => await NextDestinationAsync(
            engine, Serving("primary", "fake", TestCertificates.StrangeAgent), "certificate_refused", "Strange Authority");

    [Theory, ClassData<TlsStacks>]
    public async Task WrongName_NextDestination(TlsStack engine)
        => await NextDestinationAsync(
            engine, Serving("primary", "fake", TestCertificates.Other), "certificate_refused", TestCertificates.AgentName);

    [Theory, ClassData<TlsStacks>]
    public async Task PlainPort_NextDestination(TlsStack engine)
        => await NextDestinationAsync(
            engine, TestDestination.Serving("primary", peer => peer.SendAsync("220 ready\r\n")), "not_tls", "TLS port");

    [Theory, ClassData<TlsStacks>]
    public async Task ClosesAtOnce_NextDestination(TlsStack engine)
        => await NextDestinationAsync(
            engine, TestDestination.Serving("primary", async peer => await peer.ReceiveAsync(new byte[1])), "peer_gone", "went away");

    [Theory, ClassData<TlsStacks>]
    public async Task SaysNothing_NextDestinationInTime(TlsStack engine)
        => await NextDestinationAsync(
            engine, TestDestination.Listening("primary"), "timeout", "took too long", ("Tls:HandshakeTimeout", "00:00:00.300"));

    [Theory, ClassData<TlsStacks>]
    public async Task NoneLeft_ClientIsReset(TlsStack engine)
    {
        await StartAsync(engine, Wires.PlainTls, Serving("primary", "fake", TestCertificates.StrangeAgent));
        var client = await ConnectAsync();

        await client.ExpectResetAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal(("no_destination", "", 1), (line.Outcome, line.Destination, line.Attempts));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connect_failures_total", "destination=primary", "reason=tls"));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task NameOfTheDestination_GoesFirst(TlsStack engine)
    {
        var agent = Serving("primary", "pong", TestCertificates.Other);
        await StartAsync(
            engine, new ProxySetup { Cluster = Reencrypting(("Destinations:0:TlsServerName", TestCertificates.OtherName)) }, agent);

        Assert.Equal("pong", await PlainRpcAsync());

        Assert.Equal(TestCertificates.OtherName, Assert.Single(_asked));
    }

    /// <summary>An IP address is not sent as a server name (RFC 6066, 3); the certificate has to hold for it.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task AddressAsName_NoServerName(TlsStack engine)
    {
        await StartAsync(
            engine, new ProxySetup { Cluster = Reencrypting(("Tls:ServerName", "")) }, Serving("primary", "pong", TestCertificates.Agent));

        Assert.Equal("pong", await PlainRpcAsync());

        Assert.Equal("", Assert.Single(_asked));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Thumbprint_IsTakenAsItIs(TlsStack engine)
    {
        var pin = TestCertificates.StrangeAgent.GetCertHashString(HashAlgorithmName.SHA256);
        await StartAsync(
            engine,
            new ProxySetup { Cluster = Reencrypting(("Tls:CaPath", ""), ("Tls:ServerName", "any.example"), ("Tls:Thumbprints:0", pin)) },
            Serving("primary", "pong", TestCertificates.StrangeAgent));

        Assert.Equal("pong", await PlainRpcAsync());
    }

    [Theory, ClassData<TlsStacks>]
    public async Task NotVerified_IsTakenAndSaid(TlsStack engine)
    {
        await StartAsync(
            engine, new ProxySetup { Cluster = Reencrypting(("Tls:Verify", "false")) },
            Serving("primary", "pong", TestCertificates.StrangeAgent));

        Assert.Equal("pong", await PlainRpcAsync());

        Assert.Contains("NOT VERIFIED", Assert.Single(Proxy.Log.Events(EventIds.CertificatesNotVerified)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task DestinationAsksForCertificate_OursIsShown(TlsStack engine)
    {
        var shown = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var agent = TestDestination.Serving("primary", async peer =>
        {
            var options = TestCertificates.ServerOptions();
            options.ClientCertificateRequired = true;
            options.RemoteCertificateValidationCallback = (_, certificate, _, _) => shown.TrySetResult(certificate?.Subject ?? "none");
            using var tls = await TlsPeer.ServerAsync(peer, options);
            await Scripts.AnswerAsync("pong")(tls);
            await tls.FinishSendingAsync();
        });
        await StartAsync(
            engine,
            new ProxySetup { Cluster = Reencrypting(("Tls:Certificate:Path", TestCertificates.PathOf(TestCertificates.Client))) },
            agent);

        Assert.Equal("pong", await PlainRpcAsync());

        Assert.Equal("CN=iq.client", await shown.Task);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ClientGoneDuringHandshake_IsNoFailure(TlsStack engine)
    {
        var agent = TestDestination.Listening("primary");
        await StartAsync(engine, Wires.PlainTls, agent, TestDestination.Listening("secondary"));
        var client = await ConnectAsync();
        using var accepted = await agent.AcceptAsync();

        client.Reset();

        var line = await Proxy.LineAsync();
        Assert.Equal(("client_aborted", ""), (line.Outcome, line.Destination));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("destination_up", "destination=primary"));
    }

    private async Task NextDestinationAsync(
        TlsStack engine, TestDestination primary, string result, string why, params IEnumerable<(string Key, string Value)> settings)
    {
        var secondary = Serving("secondary", "pong", TestCertificates.Agent);
        await StartAsync(engine, new ProxySetup
        {
            Cluster = Reencrypting(settings),
            DownInterval = TimeSpan.FromHours(1),
            HedgeAfter = TimeSpan.Zero,
        }, primary, secondary);

        Assert.Equal("pong", await PlainRpcAsync());

        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "secondary", 2, "fall_through"), (line.Outcome, line.Destination, line.Attempts, line.Reason));
        var metrics = await Proxy.ScrapeAsync();
        Assert.Equal(1, metrics.Sum("connect_failures_total", "destination=primary", "reason=tls"));
        Assert.Equal(1, metrics.Sum("fall_throughs_total", "from=primary", "to=secondary", "reason=tls"));
        Assert.Equal(
            ("primary", "tls"),
            Proxy.Log.Events(EventIds.DestinationDown) is [var down, ..] ? (down.Field("Destination"), down.Field("Reason")) : default);
        var failed = Assert.Single(Proxy.Log.Events(EventIds.DestinationHandshakeFailed));
        Assert.Equal(result, failed.Field("Result"));
        Assert.Contains(why, failed.Text, StringComparison.Ordinal);
    }

    private TestDestination Serving(string name, string answer, X509Certificate2 certificate) => TestDestination.Serving(name, async peer =>
    {
        try
        {
            using var tls = await TlsPeer.ServerAsync(peer, TestCertificates.ServerOptions(certificate), name => _asked.Enqueue(name));
            await Scripts.AnswerAsync(answer)(tls);
            await tls.FinishSendingAsync();
        }
        catch (Exception end) when (end is AuthenticationException or IOException)
        {
            // The proxy does not take this certificate.
        }
    });

    private async Task<string> RpcAsync()
    {
        using var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(Scripts.Request);
        var (answer, _) = await client.ReadToEndAsync();
        await client.FinishSendingAsync();
        await Proxy.LinesAsync(1);
        return answer;
    }

    private async Task<string> PlainRpcAsync()
    {
        using var client = await Proxy.ConnectAsync();
        await client.SendAsync(Scripts.Request);
        var (answer, _) = await client.ReadToEndAsync();
        client.FinishSending();
        await Proxy.LinesAsync(1);
        return answer;
    }
}
