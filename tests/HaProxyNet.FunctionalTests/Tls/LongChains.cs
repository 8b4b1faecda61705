using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// Peers with more certificates than are judged: 11 are one too many, 80 nearly fill what is read. Failed handshakes with a reason, on
/// either side. (.NET's chain builder throws at more than 100; so many do not even get there.)
/// </summary>
public sealed class LongChains : TlsScenario
{
    public LongChains() => (Truth.PeersCountTls, Truth.DestinationsHaveOtherClients) = (true, true);

    public static TheoryData<TlsStack, int> Lengths { get; } = [.. new TlsStacks().SelectMany(
        stack => new[] { 11, 80 }.Select(length => new TheoryDataRow<TlsStack, int>(stack.Data, length)))];

    [Theory, MemberData(nameof(Lengths))]
    public async Task OfADestination_TheNextOneServes(TlsStack stack, int length)
    {
        var chain = Chain(length);
        await StartAsync(stack, Wires.PlainTls, Serving("primary", chain), Serving("secondary", Context(TestCertificates.Agent)));

        var client = await ConnectAsync();
        await client.SendAsync(Scripts.Request);

        Assert.Equal("pong", (await client.ReadToEndAsync()).Data);
        client.FinishSending();
        var line = await Proxy.LineAsync();
        Assert.Equal(("completed", "secondary"), (line.Outcome, line.Destination));
        Assert.Contains(
            Proxy.Log.Events(EventIds.DestinationHandshakeFailed), e => e.Text.Contains("certificate_refused", StringComparison.Ordinal));
        await NoFaultAsync();
    }

    [Theory, MemberData(nameof(Lengths))]
    public async Task OfAClient_IsRefused(TlsStack stack, int length)
    {
        await StartAsync(
            stack,
            new ProxySetup
            {
                Listener =
                    Terminating(("Tls:ClientCertificate:Mode", "Required"), ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath)),
            },
            TestDestination.Echoing("primary"));
        var options = TestCertificates.ClientOptions();
        options.ClientCertificateContext = Chain(length);
        options.EnabledSslProtocols = SslProtocols.Tls12;

        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
            if (await client.ReceiveAsync(new byte[1]) == 0)
            {
                throw new IOException("The end, where an alert or a reset was due.");
            }
        });

        Assert.Equal("tls_failed", (await Proxy.LineAsync()).Outcome);
        Assert.Contains("chain", Assert.Single(Proxy.Log.Events(EventIds.HandshakeFailed)).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("tls_handshakes_total", "result=certificate_refused"));
        await NoFaultAsync();
    }

    private async Task NoFaultAsync()
    {
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("internal_faults_total"));
        Assert.Empty(Proxy.Log.Events(EventIds.InternalFault));
    }

    private static TestDestination Serving(string name, SslStreamCertificateContext shown) => TestDestination.Serving(name, async peer =>
    {
        using var tls = await TlsPeer.ServerAsync(peer, new SslServerAuthenticationOptions { ServerCertificateContext = shown });
        await Scripts.AnswerAsync("pong")(tls);
        await tls.FinishSendingAsync();
    });

    private static SslStreamCertificateContext Context(X509Certificate2 certificate)
        => SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);

    /// <summary>A straight chain of so many certificates, none of which anybody trusts; the last one's issuer is not sent.</summary>
    private static SslStreamCertificateContext Chain(int length)
    {
        var now = DateTimeOffset.UtcNow;
        var keys = Enumerable.Range(0, length + 1).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)).ToList();
        var certificates = new X509Certificate2Collection();
        for (var i = 0; i < length; i++)
        {
            var request = new CertificateRequest($"CN=n{i}", keys[i], HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(i > 0, hasPathLengthConstraint: false, 0, critical: true));
            certificates.Add(request.Create(
                new X500DistinguishedName($"CN=n{i + 1}"), X509SignatureGenerator.CreateForECDsa(keys[i + 1]), now.AddDays(-1),
                now.AddDays(9), [1, (byte)i]));
        }

        var own = certificates[0].CopyWithPrivateKey(keys[0]);
        certificates.RemoveAt(0);
        keys.ForEach(key => key.Dispose());
        return SslStreamCertificateContext.Create(own, certificates, offline: true);
    }
}
