using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>
/// Where TLS ends here, a destination learns by the header what it would have learned from the session; with TLS to it, the header goes
/// first.
/// </summary>
public sealed class SentWithTls : HeaderScenario
{
    private readonly TestDestination _primary = TestDestination.Listening("primary");

    [Theory, ClassData<TlsStacks>]
    public async Task Terminated_VersionNameProtocolAndCertificateAreTold(TlsStack engine)
    {
        var listener = Terminating(
            ("Tls:ClientCertificate:Mode", "Required"), ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath), ("Tls:Alpn:0", "iq/1"));
        await StartAsync(engine, new ProxySetup { Listener = listener, Cluster = Sending("V2") }, _primary);
        var options = TestCertificates.ClientOptions(certificate: TestCertificates.Client);
        options.ApplicationProtocols = [new("iq/1")];
        var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
        using var agent = await _primary.AcceptAsync();

        var tlvs = await TlvsAsync(agent);
        byte[] expected =
        [
            .. Headers.Tlv(1, "iq/1"),
            .. Headers.Tlv(2, TestCertificates.FrontName),
            .. Headers.Ssl(
                0x07,
                0,
                [
                    .. Headers.Tlv(Headers.Version, "TLSv1.3"),
                    .. Headers.Tlv(Headers.CommonName, "iq.client"),
                    .. CipherOf(client),
                    .. Shown,
                ]),
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(tlvs));
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
    }

    [Theory, ClassData<TlsStacks>]
    public async Task TerminatedWithoutCertificate_NobodyIsVerified(TlsStack engine)
    {
        await StartAsync(engine, new ProxySetup { Listener = Terminating(), Cluster = Sending("V2") }, _primary);
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        using var agent = await _primary.AcceptAsync();

        byte[] expected =
        [
            .. Headers.Tlv(2, TestCertificates.FrontName),
            .. Headers.Ssl(0x01, 1, [.. Headers.Tlv(Headers.Version, "TLSv1.3"), .. CipherOf(client), .. Shown]),
        ];
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(await TlvsAsync(agent)));
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
    }

    /// <summary>Of two certificates for one name, the header tells of the one that this client was shown.</summary>
    [Theory, ClassData<TlsStacks>]
    [UnsupportedOSPlatform("windows")]
    public async Task TerminatedWithTwoKindsOfKeys_TheShownOneIsTold(TlsStack engine)
    {
        var listener = Terminating(
            ("Tls:Certificate:Path", TestCertificates.PathOf(TestCertificates.Front)),
            ("Tls:Certificates:0:Path", TestCertificates.PathOf(TestCertificates.FrontRsa)));
        await StartAsync(engine, new ProxySetup { Listener = listener, Cluster = Sending("V2") }, _primary);
        foreach (var (suite, key) in new[]
        {
            (TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, "RSA2048"),
            (TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "EC256"),
        })
        {
            var options = TestCertificates.ClientOptions();
            options.EnabledSslProtocols = SslProtocols.Tls12;
            options.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
            var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
            using var agent = await _primary.AcceptAsync();

            Assert.EndsWith(
                Convert.ToHexString([.. Headers.Tlv(0x24, "ecdsa-with-SHA256"), .. Headers.Tlv(0x25, key)]),
                Convert.ToHexString(await TlvsAsync(agent)),
                StringComparison.Ordinal);
            await client.SendAsync("ping");
            await agent.ExpectAsync("ping");
        }
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Reencrypted_TheHeaderGoesBeforeTheHandshake(TlsStack engine)
    {
        var cluster = Reencrypting(("SendProxyProtocol", "V1"));
        await StartAsync(engine, new ProxySetup { Listener = Terminating(), Cluster = cluster }, _primary);
        var shaking = TlsPeer.ClientAsync(await ConnectAsync());
        using var agent = await _primary.AcceptAsync();
        await agent.ExpectAsync("PROXY TCP4 127.0.0.1 127.0.0.1 ");
        while (await agent.ReadAsync(1) != "\n")
        {
            // The ports.
        }

        var inside = await TlsPeer.ServerAsync(agent);
        var client = await shaking;
        await client.SendAsync("ping");
        await inside.ExpectAsync("ping");
        await inside.SendAsync("pong");
        await client.ExpectAsync("pong");
    }

    /// <summary>The extensions of a header of version 2 for IPv4.</summary>
    private static async Task<byte[]> TlvsAsync(TestPeer agent)
    {
        var head = new byte[28];
        for (var at = 0; at < head.Length;)
        {
            at += await agent.ReceiveAsync(head.AsMemory(at));
        }

        var rest = new byte[(head[14] << 8) + head[15] - 12];
        for (var at = 0; at < rest.Length;)
        {
            at += await agent.ReceiveAsync(rest.AsMemory(at));
        }

        return rest;
    }

    /// <summary>The front's certificate: its key is of P-256, and so is its authority's.</summary>
    private static byte[] Shown => [.. Headers.Tlv(0x24, "ecdsa-with-SHA256"), .. Headers.Tlv(0x25, "EC256")];

    /// <summary>Suites of TLS 1.3 have one name.</summary>
    private static byte[] CipherOf(TlsPeer client) => Headers.Tlv(0x23, client.Ssl.NegotiatedCipherSuite.ToString());
}
