using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Reloading;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Configuring;

/// <summary>A reload takes listeners over as well: all of it, or nothing.</summary>
public sealed class ReloadListeners : Scenario
{
    public ReloadListeners() => Truth.DestinationsMayChange = true;

    [Theory, ClassData<Engines>]
    public async Task Reload_ClientIsNotAllowedAnyMore_IsRefusedAndOpenOneGoesOn(EngineKind engine)
    {
        var agent = TestDestination.Echoing("agent");
        await StartAsync(engine, agent);
        var open = await ConnectAsync();
        await open.SendAsync("ping");
        await open.ExpectAsync("ping");

        Proxy.Reload(AddressesOf(agent), setup => setup with { AllowedClients = ["192.0.2.0/24"] });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the reload is done");
        using var late = await Proxy.ConnectAsync();
        await late.ExpectResetAsync();
        await open.SendAsync("more");
        await open.ExpectAsync("more");
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connections_refused_total", "reason=not_allowed"));
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_ListenerComesAndGoes_ItsOpenConnectionGoesOn(EngineKind engine)
    {
        var first = TestDestination.Echoing("first");
        var second = TestDestination.Echoing("second");
        await StartAsync(engine, first);
        Add(second);

        Proxy.Reload(AddressesOf(first), setup => setup with { SecondCluster = [("second", second.Address.ToString())] });
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the listener is added");
        var address = Proxy.Second.BoundAddress!;
        var open = await Proxy.ConnectAsync(to: address);
        await open.SendAsync("ping");
        await open.ExpectAsync("ping");

        Proxy.Reload(AddressesOf(first));
        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 2, "the listener is removed");

        Assert.Equal(
            SocketError.ConnectionRefused,
            (await Assert.ThrowsAsync<SocketException>(() => Proxy.ConnectAsync(to: address))).SocketErrorCode);
        await open.SendAsync("more");
        await open.ExpectAsync("more");
        open.FinishSending();
        await open.ExpectFinAsync();
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_PortIsTaken_NothingChangesAndTheFaultSaysWhere(EngineKind engine)
    {
        var agent = TestDestination.Serving("agent", Scripts.AnswerAsync("old."));
        var other = TestDestination.Serving("other", Scripts.AnswerAsync("new."));
        await StartAsync(engine, agent);
        Add(other);
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        Proxy.Reload(AddressesOf(other), setup => setup with { Listener = EndpointOf((IPEndPoint)taken.LocalEndpoint) });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationKept).Count == 1, "the reload is refused");
        Assert.Equal("old.", await CallAsync());
        var last = Proxy.Service<ConfigurationInForce>().LastReload!;
        Assert.Equal("HaProxyNet.Listeners.front.Endpoint", Assert.Single(last.Faults).Path);
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("config_reloads_total", "result=failure"));
    }

    [Theory, ClassData<Engines>]
    public async Task Reload_ListenerMoves_NewAddressServesAndTheOldOneRefuses(EngineKind engine)
    {
        var agent = TestDestination.Serving("agent", Scripts.AnswerAsync("here"));
        await StartAsync(engine, agent);
        var before = Proxy.Address;
        using var reservation = new TcpListener(IPAddress.Loopback, 0);
        reservation.Start();
        var free = (IPEndPoint)reservation.LocalEndpoint;
        reservation.Stop();

        Proxy.Reload(AddressesOf(agent), setup => setup with { Listener = EndpointOf(free) });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationReloaded).Count == 1, "the listener has moved");
        Assert.Equal(free, Proxy.Listener.BoundAddress);
        await Assert.ThrowsAsync<SocketException>(() => Proxy.ConnectAsync(to: before));
        using var client = await Proxy.ConnectAsync(to: free);
        await client.SendAsync(Scripts.Request);
        Assert.Equal(("here", PeerEnd.Fin), await client.ReadToEndAsync());
    }

    /// <summary>
    /// The system gives a port to one socket at a time, on all addresses or on one of them, and a reload takes the new one first. It is
    /// refused, with what to do, and nothing changes.
    /// </summary>
    [Theory]
    [InlineData(EngineKind.Reactor, "0.0.0.0", "127.0.0.1")]
    [InlineData(EngineKind.Reactor, "127.0.0.1", "0.0.0.0")]
    [InlineData(EngineKind.Managed, "0.0.0.0", "127.0.0.1")]
    [InlineData(EngineKind.Managed, "127.0.0.1", "0.0.0.0")]
    public async Task Reload_BetweenAllAddressesAndOneOfTheSamePort_IsRefusedWithWhatToDo(EngineKind engine, string from, string to)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The Reactor is Linux's, and so is this rule of its ports.");
        var agent = TestDestination.Serving("agent", Scripts.AnswerAsync("here"));
        await StartAsync(engine, new ProxySetup { Listener = EndpointOf(new IPEndPoint(IPAddress.Parse(from), 0)) }, agent);
        var port = Proxy.Address.Port;
        var here = new IPEndPoint(IPAddress.Loopback, port);
        var next = new IPEndPoint(IPAddress.Parse(to), port);

        Proxy.Reload(AddressesOf(agent), setup => setup with { Listener = EndpointOf(next) });

        await Eventually.TrueAsync(() => Proxy.Log.Events(EventIds.ConfigurationKept).Count == 1, "the reload is refused");
        var fault = Assert.Single(Proxy.Service<ConfigurationInForce>().LastReload!.Faults);
        Assert.Equal("HaProxyNet.Listeners.front.Endpoint", fault.Path);
        Assert.Contains("a reload takes a new address before it lets go of the one before", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains("two reloads, the first without the old address; or a restart", fault.ToString(), StringComparison.Ordinal);
        using var client = await Proxy.ConnectAsync(to: here);
        await client.SendAsync(Scripts.Request);
        Assert.Equal(("here", PeerEnd.Fin), await client.ReadToEndAsync());
    }

    private static Dictionary<string, string> EndpointOf(IPEndPoint address)
        => new(StringComparer.Ordinal) { ["Endpoint"] = address.ToString() };
}
