using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.OpenSsl;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// With TLS 1.3 an agent judges our certificate when our handshake is over: its alert is the only word of why it hangs up. The agent is a
/// second proxy on OpenSSL, for SslStream sends no alert then.
/// </summary>
public sealed class AlertsAfterHandshake : TlsScenario
{
    [Theory, ClassData<TlsStacks>]
    public Task AgentWantsACertificate_LineAndEventNameTheAlert(TlsStack engine)
        => RefusedAsync(engine, Reencrypting(), "certificate_required");

    [Theory, ClassData<TlsStacks>]
    public Task AgentDoesNotTakeOurs_LineAndEventNameTheAlert(TlsStack engine) => RefusedAsync(
        engine, Reencrypting(("Tls:Certificate:Path", TestCertificates.PathOf(TestCertificates.StrangeClient))), "bad_certificate");

    private static async Task RefusedAsync(TlsStack engine, Dictionary<string, string> cluster, string alert)
    {
        Assert.SkipWhen(OpenSslLibrary.Version is null || !OperatingSystem.IsLinux(), "the agent needs libssl.so.3");
        var asking = Terminating(
            ("Tls:Certificate:Path", TestCertificates.PathOf(TestCertificates.Agent)),
            ("Tls:MinVersion", "Tls13"),
            ("Tls:ClientCertificate:Mode", "Required"),
            ("Tls:ClientCertificate:CaPath", TestCertificates.CaPath));
        await using var agent = await TestProxy.StartAsync(
            EngineKind.Reactor, new ProxySetup { Listener = asking, TlsEngine = TlsEngineKind.OpenSsl }, [("nobody", "127.0.0.1:9")]);
        var setup = new ProxySetup
        {
            Cluster = cluster,
            TlsEngine = engine is TlsStack.ReactorOpenSsl ? TlsEngineKind.OpenSsl : TlsEngineKind.SslStream,
        };
        await using var proxy = await TestProxy.StartAsync(
            engine is TlsStack.Managed ? EngineKind.Managed : EngineKind.Reactor, setup, [("primary", agent.Address.ToString())]);
        using var client = await proxy.ConnectAsync();

        await client.ExpectResetAsync();

        var line = await proxy.LineAsync();
        Assert.Equal(alert, line.TlsAlert);
        var told = Assert.Single(proxy.Log.Events(EventIds.DestinationAlert));
        Assert.Equal(alert, told.Field("Alert"));
        Assert.Contains("client certificate", told.Text, StringComparison.Ordinal);
    }
}
