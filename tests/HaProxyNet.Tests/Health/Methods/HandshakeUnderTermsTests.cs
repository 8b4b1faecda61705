using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Health.Methods;
using HaProxyNet.Tests.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Health.Methods;

/// <summary>A probe with the terms of connections of clients: their authority, their name, their words.</summary>
public sealed class HandshakeUnderTermsTests
{
    private const string Name = "iqservice.corp.example";
    private static readonly FakeTimeProvider _time = new(TestAuthority.Now);
    private static readonly TestAuthority _root = TestAuthority.Root();
    private static readonly TestAuthority _stranger = TestAuthority.Root("Stranger");
    private static readonly TlsProbe _probe = new();
    private string? _askedFor;
    private string? _seen;

    [Fact]
    public async Task Run_CertificateOfTheClustersAuthority_SucceedsAndTheServerSeesAnOrderlyEnd()
    {
        using var certificate = _root.Issue(Name, [Name]);
        using var server = Server(certificate);

        Assert.Equal(ProbeResult.Success, await Asking.AskAsync(_probe, server.Address, terms: Terms()));

        Assert.Null(await server.FirstEnd.Task.WaitAsync(Asking.Bound));
        Assert.Equal((Name, certificate.Thumbprint), (_askedFor, _seen));
    }

    [Theory]
    [InlineData(true, "other.corp.example", "is not for 'iqservice.corp.example' but for other.corp.example")]
    [InlineData(false, Name, "the issuer 'CN=Stranger' is not known here")]
    public async Task Run_AnotherCertificate_ItsFaultIsNamed(bool isOurs, string name, string expected)
    {
        using var certificate = (isOurs ? _root : _stranger).Issue(name, [name]);
        using var server = Server(certificate);

        var result = await ResultAsync(server);

        Assert.Equal(HandshakeStatus.CertificateRefused, result.Status);
        Assert.Contains(expected, result.Words, StringComparison.Ordinal);
        Assert.Equal(certificate.Thumbprint, _seen);
    }

    [Fact]
    public async Task Run_OlderVersionThanAllowed_Fails()
    {
        using var certificate = _root.Issue(Name, [Name]);
        using var server = Server(certificate, SslProtocols.Tls12);

        Assert.Equal(ProbeResult.TlsFailed, await Asking.AskAsync(_probe, server.Address, terms: Terms(TlsVersion.Tls13)));
    }

    [Fact]
    public async Task Run_ServerSaysNothing_TimedOut()
    {
        // The time is over when the hello has come, however long that took.
        using var deadline = new CancellationTokenSource(Asking.Bound);
        using var server = new ScriptedServer(async stream =>
        {
            await stream.ReadExactlyAsync(new byte[1]);
            await deadline.CancelAsync();
            await ScriptedServer.ReadToEndAsync(stream);
        });

        Assert.Equal(HandshakeStatus.TimedOut, (await ResultAsync(server, deadline.Token)).Status);
    }

    [Fact]
    public async Task Run_ServerCloses_PeerGone()
    {
        using var server = new ScriptedServer(async stream => await stream.ReadExactlyAsync(new byte[32]));

        Assert.Equal(HandshakeStatus.PeerGone, (await ResultAsync(server)).Status);
    }

    private static TlsClientSettings Terms(Action<X509Certificate2>? seen, TlsVersion oldest)
    {
        var certificates = new ClusterCertificates("agents", new ClusterTlsOptions(), "Tls", "", _time);
        certificates.Swap(new DestinationCertificateRules(verify: true, new TrustAnchors([_root.Certificate], _time), []), client: null);
        return new(certificates, Name, oldest, Alpn: "", seen);
    }

    private TlsClientSettings Terms(TlsVersion oldest = TlsVersion.Tls12) => Terms(certificate => _seen = certificate.Thumbprint, oldest);

    private async Task<HandshakeResult> ResultAsync(ScriptedServer server)
    {
        using var deadline = new CancellationTokenSource(Asking.Bound);
        return await ResultAsync(server, deadline.Token);
    }

    private async Task<HandshakeResult> ResultAsync(ScriptedServer server, CancellationToken deadline)
    {
        var target = new ProbeTarget(server.Address, "agent.example", Terms());
        var fault = await Assert.ThrowsAsync<DestinationHandshakeException>(async () => await _probe.RunAsync(target, deadline));
        Assert.Equal(ProbeResult.TlsFailed, ProbeResults.Classify(fault));
        return fault.Result;
    }

    private ScriptedServer Server(
        X509Certificate2 certificate, SslProtocols versions = SslProtocols.None) => new(async stream =>
    {
        await using var session = new SslStream(stream);
        await session.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                _askedFor = hello.ServerName;
                return ValueTask.FromResult(new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    EnabledSslProtocols = versions,
                });
            },
            state: null);
        await ScriptedServer.ReadToEndAsync(session);
    });
}
