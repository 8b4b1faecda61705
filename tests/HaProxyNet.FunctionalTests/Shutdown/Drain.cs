using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Shutdown;

public sealed class Drain : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Stop_NothingOpen_Ends(EngineKind engine)
    {
        await StartAsync(engine, TestDestination.Echoing("primary"));

        await Proxy.StopAsync();

        await Assert.ThrowsAsync<SocketException>(() => new TcpClient().ConnectAsync(Proxy.Address));
    }

    [Theory, ClassData<Engines>]
    public async Task Stop_ConnectionOpen_StopsAcceptingAndLetsItEnd(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.FromMinutes(5) }, TestDestination.Echoing("primary"));
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");

        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.DrainStarted).Count == 1, "draining has begun");

        // New clients are refused, and a client that asks is told why; the open one is served to its end.
        using var late = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(Proxy.Address));
        using var http = new HttpClient();
        var ready = await http.GetAsync(new Uri(Proxy.Admin, "/readyz"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("draining", await ready.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await client.SendAsync("more");
        await client.ExpectAsync("more");
        Assert.False(stopping.IsCompleted);
        client.FinishSending();
        await client.ExpectFinAsync();

        await stopping;
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
        var drained = Assert.Single(Proxy.Log.Events(EventIds.DrainEnded));
        Assert.Equal(("1", "0"), (drained.Field("Ended"), drained.Field("Cut")));
    }

    /// <summary>A file that is saved while the proxy drains is for the process after it, and so are the addresses in it.</summary>
    [Theory, ClassData<Engines>]
    public async Task Reload_WhileDraining_OpensNoListener(EngineKind engine)
    {
        var agent = TestDestination.Echoing("primary");
        (string, string)[] destinations = [("primary", agent.Address.ToString())];
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.FromMinutes(5) }, agent);
        var client = await ConnectAsync();
        await client.SendAsync("ping");
        await client.ExpectAsync("ping");
        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.DrainStarted).Count == 1, "draining has begun");

        Proxy.Reload(destinations, setup => setup with { SecondCluster = destinations });
        var asked = await Proxy.Service<ConfigurationReloader>().ReloadAsync();

        Assert.Contains("shutting down", Assert.Single(asked.Faults).Problem, StringComparison.Ordinal);
        Assert.Empty(Proxy.Log.Events(EventIds.ConfigurationReloaded));
        Assert.Single(Proxy.Service<ListenerDirectory>().All);
        await client.SendAsync("more");
        await client.ExpectAsync("more");
        client.FinishSending();
        await client.ExpectFinAsync();
        await stopping;
    }

    [Theory, ClassData<Engines>]
    public async Task Stop_ManyOpenAtDeadline_AllAreResetAndCounted(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.FromMilliseconds(50) }, TestDestination.Echoing("primary"));
        var clients = new List<TestPeer>();
        for (var i = 0; i < 100; i++)
        {
            clients.Add(await ConnectAsync());
            await clients[i].SendAsync("ping");
            await clients[i].ExpectAsync("ping");
        }

        await Proxy.StopAsync();

        await Task.WhenAll(clients.Select(c => c.ExpectResetAsync()));
        Assert.All(await Proxy.LinesAsync(100), l => Assert.Equal("drain_deadline", l.Outcome));
        Assert.Equal("100", Assert.Single(Proxy.Log.Events(EventIds.DrainEnded)).Field("Cut"));
    }

    /// <summary>A client that was told "connected" by the system before the stop is served, however long the backlog was.</summary>
    [Theory, ClassData<Engines>]
    public async Task Stop_ConnectionsInTheBacklog_AreServed(EngineKind engine)
    {
        await StartAsync(engine, new ProxySetup { ShutdownTimeout = TimeSpan.FromMinutes(5) }, TestDestination.Echoing("primary"));
        using var go = new ManualResetEventSlim();
        foreach (var lane in Proxy.Engine.Lanes.OfType<Transport.Reactor.Loop.ReactorLane>())
        {
            // A lane that is busy for a while: what connects meanwhile stays in the backlog.
            lane.Post(() => go.Wait());
        }

        var clients = new List<TestPeer>();
        for (var i = 0; i < 300; i++)
        {
            clients.Add(await ConnectAsync());
        }

        var stopping = Proxy.StopAsync();
        await Eventually.TrueAsync(() => Proxy.Listener.BoundAddress is null, "the stop has begun");
        go.Set();

        await Task.WhenAll(clients.Select(async client =>
        {
            await client.SendAsync("ping");
            client.FinishSending();
            Assert.Equal(("ping", PeerEnd.Fin), await client.ReadToEndAsync());
        }));
        await stopping;
        Assert.All(await Proxy.LinesAsync(300), l => Assert.Equal("completed", l.Outcome));
    }

    /// <summary>Clients keep coming while the proxy stops: each is refused, or served; none is connected and then dropped.</summary>
    [Theory, ClassData<Engines>]
    public async Task Stop_UnderLoad_NoConnectionIsLost(EngineKind engine)
    {
        await StartAsync(
            engine,
            new ProxySetup { ShutdownTimeout = TimeSpan.FromMinutes(5) },
            TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));
        var calling = Enumerable.Range(0, 8).Select(_ => Task.Run(CallUntilRefusedAsync)).ToArray();
        await Proxy.LinesAsync(100);

        await Proxy.StopAsync();

        await Task.WhenAll(calling);
        Assert.All(Proxy.Log.Lines, l => Assert.Equal("completed", l.Outcome));
    }

    private async Task CallUntilRefusedAsync()
    {
        while (true)
        {
            TestPeer client;
            try
            {
                client = await Proxy.ConnectAsync();
            }
            catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionRefused)
            {
                return;
            }

            using (client)
            {
                Assert.False(client.WasResetAtOnce, "Connected, and dropped.");
                await client.SendAsync(Scripts.Request);
                Assert.Equal(("pong", PeerEnd.Fin), await client.ReadToEndAsync());
            }
        }
    }
}
