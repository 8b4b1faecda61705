using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>TLS from the client to the agent, through a proxy that reads the hello and nothing else.</summary>
public sealed class Passthrough : Scenario
{
    private const string Name = "iqservice.corp.example";
    private static readonly X509Certificate2 _certificate = CreateCertificate();

    // HAPROXYNET_TEST_TLS_MB makes them longer by so many MB.
    private static readonly long _more =
        1024L * 1024 * (long.TryParse(Environment.GetEnvironmentVariable("HAPROXYNET_TEST_TLS_MB"), out var mb) ? mb : 0);
    private static readonly Payload _request = new(seed: 1, length: _more + 3_000_001);
    private static readonly Payload _answer = new(seed: 2, length: _more + 5_000_003);

    private readonly TestDestination _primary = TestDestination.Serving("primary", ServeAsync);
    private readonly TestDestination _second;

    public Passthrough() => _second = Add(TestDestination.Serving("dmz", ServeAsync));

    public static TheoryData<EngineKind, SslProtocols, string> Versions
    {
        get
        {
            var data = new TheoryData<EngineKind, SslProtocols, string>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                data.Add(engine, SslProtocols.Tls12, "1.2");
                data.Add(engine, SslProtocols.Tls13, "1.3");
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task Passthrough_TlsBothWays_EveryByteIsTheSame(EngineKind engine, SslProtocols version, string word)
    {
        await StartAsync(engine, PassthroughSetup.Plain, _primary);

        await CallAsync(Name, version);

        var line = await Proxy.LineAsync();
        Assert.Equal((Name, word, "completed", "primary"), (line.Sni, line.TlsVersion, line.Outcome, line.Destination));
        Assert.Contains(
            $" tls_version={word} sni={Name}", Proxy.Log.Events(Vocabulary.EventIds.ConnectionClosed)[0].Text, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task Passthrough_ManyClientsOfTwoPairs_EachReachesItsOwn(EngineKind engine)
    {
        await StartAsync(engine, PassthroughSetup.Routed(_second), _primary);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => CallAsync(i % 3 == 0 ? $"client{i}.dmz.example" : Name, SslProtocols.None)));

        Assert.All(await Proxy.LinesAsync(12), l => Assert.Equal(l.Sni == Name ? "primary" : "dmz", l.Destination));
        Assert.Equal((8, 4), (_primary.Traffic.Connections, _second.Traffic.Connections));
    }

    [Theory, ClassData<Engines>]
    public async Task Passthrough_PrimaryRefuses_TheSecondaryGetsTheHello(EngineKind engine)
    {
        _primary.StopListening();
        await StartAsync(engine, PassthroughSetup.Plain, _primary, TestDestination.Serving("secondary", ServeAsync));

        await CallAsync(Name, SslProtocols.None);

        Assert.Equal(("secondary", 2, Name), ((await Proxy.LineAsync()).Destination, Proxy.Log.Lines[0].Attempts, Proxy.Log.Lines[0].Sni));
    }

    [Theory, ClassData<Engines>]
    public async Task None_TlsAllTheSame_NothingIsReadOrLogged(EngineKind engine)
    {
        await StartAsync(engine, _primary);

        await CallAsync(Name, SslProtocols.None);

        Assert.Equal((null, null), ((await Proxy.LineAsync()).Sni, Proxy.Log.Lines[0].TlsVersion));
        Assert.DoesNotContain("tls_version", Proxy.Log.Events(Vocabulary.EventIds.ConnectionClosed)[0].Text, StringComparison.Ordinal);
    }

    /// <summary>Much in both directions, and an orderly end that each side begins with close_notify.</summary>
    private async Task CallAsync(string name, SslProtocols version)
    {
        using var client = await Proxy.ConnectAsync();
        await using var tls = new SslStream(new PeerStream(client));
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = name,
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback =
                (_, certificate, _, _) => certificate!.GetCertHashString() == _certificate.GetCertHashString(),
        });
        var sending = SendAsync(tls, _request);
        var received = await HashAsync(tls, _answer.Length);
        await sending;
        Assert.Equal(_answer.Hash(), received);
        client.FinishSending();
        Assert.Equal(0, await tls.ReadAsync(new byte[1]));
    }

    private static async Task ServeAsync(TestPeer peer)
    {
        await using var tls = new SslStream(new PeerStream(peer));
        await tls.AuthenticateAsServerAsync(_certificate);
        var sending = SendAsync(tls, _answer);
        Assert.Equal(_request.Hash(), await HashAsync(tls, _request.Length));
        await sending;
        await tls.ShutdownAsync();
        peer.FinishSending();
        Assert.Equal(0, await peer.ReceiveAsync(new byte[1]));
    }

    private static async Task SendAsync(SslStream tls, Payload payload)
    {
        foreach (var block in payload.Blocks())
        {
            await tls.WriteAsync(block);
        }
    }

    private static async Task<string> HashAsync(SslStream tls, long length)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 * 1024];
        for (var left = length; left > 0;)
        {
            var count = await tls.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)));
            Assert.NotEqual(0, count);
            hash.AppendData(buffer, 0, count);
            left -= count;
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
