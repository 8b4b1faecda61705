using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Listening;

/// <summary>The port refuses while no destination can be used, where that is asked for.</summary>
public sealed class WhenAllDown : Scenario
{
    private static readonly ProxySetup _setup = new()
    {
        DownInterval = TimeSpan.FromMilliseconds(100),
        Cluster = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WhenAllDown"] = "StopListening",
            ["Health:HoldDown"] = "00:00:00",
        },
    };

    [Theory, ClassData<Engines>]
    public async Task StopListening_AllDown_RefusesUntilOneIsUpAgain(EngineKind engine)
    {
        var primary = TestDestination.Refusing("primary");
        await StartAsync(engine, _setup, primary);

        for (var round = 1; round <= 3; round++)
        {
            var before = Proxy.Clients.Connections;
            _ = await CallAsync();
            await Proxy.LinesAsync((int)before + 1);
            await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ListenerPaused).Count == round, "the listener refuses");
            var refused = await Assert.ThrowsAsync<SocketException>(() => Proxy.ConnectAsync());
            Assert.Equal(SocketError.ConnectionRefused, refused.SocketErrorCode);
            Assert.False(Assert.Single(Proxy.Service<StatusReader>().Read().Listeners).Listening);

            primary.Revive(Scripts.EchoAsync);
            await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ListenerResumed).Count == round, "the listener accepts again");
            Assert.Equal(Scripts.Request, await EchoCallAsync());
            Assert.True(Assert.Single(Proxy.Service<StatusReader>().Read().Listeners).Listening);
            primary.StopListening();
        }
    }

    [Theory, ClassData<Engines>]
    public async Task StopListening_ProxyStopsMeanwhile_StopsInOrder(EngineKind engine)
    {
        await StartAsync(engine, _setup, TestDestination.Refusing("primary"));
        _ = await CallAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ListenerPaused).Count == 1, "the listener refuses");

        await Proxy.StopAsync();
    }
}
