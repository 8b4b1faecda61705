using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.ProxyProtocol;

/// <summary>
/// The header stands before the client's hello, where TLS ends here and where it passes through to the destination of its name.
/// </summary>
public sealed class ReceivedBeforeTls : HeaderScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task HeaderThenTls_ThatEndsHere_IsServed(TlsStack engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup { Listener = From(Here, Terminating().Select(s => (s.Key, s.Value))) }, primary);
        var peer = await ConnectAsync();
        var header = Headers.V2(Headers.Client);
        await peer.SendAsync(header.AsMemory()[..20]);
        await peer.SendAsync(header.AsMemory()[20..]);
        var client = await TlsPeer.ClientAsync(peer);
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        await client.FinishSendingAsync();
        await client.ExpectFinAsync();

        var line = await Proxy.LineAsync();
        Assert.Equal((Text(Headers.Client), TestCertificates.FrontName, "1.3"), (line.Client, line.Sni, line.TlsVersion));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task HeaderThenTls_ThatPassesThrough_IsRoutedByItsName(TlsStack engine)
    {
        var second = Add(TestDestination.Listening("dmz"));
        var setup = PassthroughSetup.Routed(second);
        setup = setup with { Listener = From(Here, setup.Listener.Select(s => (s.Key, s.Value))) };
        await StartAsync(engine, setup, TestDestination.Listening("primary"));
        var peer = await ConnectAsync();
        await peer.SendAsync(Headers.V1(Headers.Client));
        var shaking = TlsPeer.ClientAsync(peer, TestCertificates.ClientOptions("agent.dmz.example"));
        var agent = await TlsPeer.ServerAsync(
            await second.AcceptAsync(), TestCertificates.ServerOptions(TestCertificates.IssuedTo("agent.dmz.example")));
        var client = await shaking;
        await client.SendAsync("ping");
        await agent.ExpectAsync("ping");
        agent.Dispose();
        client.Dispose();

        var line = await Proxy.LineAsync();
        Assert.Equal((Text(Headers.Client), "agent.dmz.example", "dmz"), (line.Client, line.Sni, line.Destination));
    }
}
