using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.FunctionalTests.Tls;

public sealed class ReloadedIdleTimeout : TlsScenario
{
    private readonly FakeTimeProvider _time = new();

    [Theory, ClassData<TlsStacks>]
    public async Task OpenConnection_HadNone_HasItNow(TlsStack engine)
    {
        Truth.DestinationsMayChange = true;
        var destination = TestDestination.Echoing("primary");
        var setup = new ProxySetup { Listener = Terminating(), Time = _time }.WithoutIdleProbes();
        await StartAsync(engine, setup, destination);
        using var client = await TlsPeer.ClientAsync(await ConnectAsync(), TestCertificates.ClientOptions());
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        Proxy.Reload(
            [("primary", destination.Address.ToString())], one => one with { IdleTimeout = TimeSpan.FromMinutes(10) });
        await Eventually.TrueAsync(_time, TimeSpan.FromMinutes(1), () => Proxy.Log.Lines.Count == 1, "the idle time-out ends it");

        Assert.Equal("idle_timeout", (await Proxy.LineAsync()).Outcome);
    }
}
