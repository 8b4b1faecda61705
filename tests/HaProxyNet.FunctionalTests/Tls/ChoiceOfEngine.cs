using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.OpenSsl;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Which TLS engine serves, and that the operator is told.</summary>
public sealed class ChoiceOfEngine : TlsScenario
{
    [Theory, ClassData<Engines>]
    public async Task Auto_TheBestThatRuns(EngineKind engine)
    {
        await StartAsync(engine, Setup(Wires.TlsPlain), TestDestination.Echoing("primary"));

        var isOpenSsl = engine is EngineKind.Reactor && OpenSslLibrary.Version is not null;
        await ServesAsync(isOpenSsl ? "openssl" : "sslstream");
        Assert.Contains(
            isOpenSsl ? $"OpenSSL {OpenSslLibrary.Version}" : "SslStream", Assert.Single(Proxy.Log.Events(EventIds.TlsEngineChosen)).Text,
            StringComparison.Ordinal);
        Assert.Empty(Proxy.Log.Events(EventIds.TlsEngineFallback));
    }

    [Fact]
    public async Task OpenSsl_WithoutTheReactor_SslStreamServesAndOneLineSaysWhy()
    {
        await StartAsync(
            EngineKind.Managed, Setup(Wires.TlsPlain) with { TlsEngine = TlsEngineKind.OpenSsl }, TestDestination.Echoing("primary"));

        await ServesAsync("sslstream");
        Assert.Contains("Reactor", Assert.Single(Proxy.Log.Events(EventIds.TlsEngineFallback)).Text, StringComparison.Ordinal);
    }

    [Theory, ClassData<Engines>]
    public async Task NoTlsAnywhere_NothingIsSaid(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));

        Assert.Empty(Proxy.Log.Events(EventIds.TlsEngineChosen));
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("build_info", "tls=none"));
    }

    private async Task ServesAsync(string name)
    {
        using var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("build_info", $"tls={name}"));
    }
}
