using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Failover;

/// <summary>Destinations whose address is that of a listener of the proxy itself.</summary>
public sealed class LeadingBack : Scenario
{
    private readonly FakeNames _names = new();

    public LeadingBack() => Truth.DestinationsMayChange = true;

    [Theory, ClassData<Engines>]
    public async Task PrimaryIsTheListener_NotConnected_SecondaryServes(EngineKind engine)
    {
        var agent = await StartAsync(engine);
        Proxy.Reload([("primary", Proxy.Address.ToString()), ("secondary", agent.Address.ToString())]);

        Assert.Equal("ping", await CallThroughAsync());

        await DownForLoopAsync("primary");
        Assert.Equal("ping", await CallThroughAsync());
        await Proxy.LinesAsync(2);
        Assert.Equal(2, Proxy.Clients.Connections);
        Assert.Equal(2, (await Proxy.ScrapeAsync()).Sum("connections_total"));
        Assert.Single(Proxy.Log.Events(EventIds.DestinationDown));
    }

    [Theory, ClassData<Engines>]
    public async Task OnlyOneIsTheListener_ClientIsReset(EngineKind engine)
    {
        await StartAsync(engine);
        Proxy.Reload([("primary", Proxy.Address.ToString())]);

        Assert.Equal("reset", await CallAsync());

        await DownForLoopAsync("primary");
        await Proxy.LineAsync();
        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("connections_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task TwoListenersLeadToEachOther_NotConnected(EngineKind engine)
    {
        var agent = Add(TestDestination.Echoing("agent"));
        await StartAsync(engine, new ProxySetup { SecondCluster = AddressesOf(agent).ToList() }, TestDestination.Echoing("primary"));
        Proxy.Reload(
            [("primary", Proxy.Second.BoundAddress!.ToString())],
            setup => setup with { SecondCluster = [("agent", Proxy.Address.ToString())] });

        Assert.Equal("reset", await CallAsync());

        await DownForLoopAsync("primary");
    }

    [Theory, ClassData<Engines>]
    public async Task NameLeadsBackForAWhile_UpAgainOnceItDoesNot(EngineKind engine)
    {
        Truth.NamesMayNotResolve = true;

        // The agent has the listener's port on another address of the loopback network.
        _names.Set("agent.example", "127.0.0.1");
        var agent = await StartAsync(engine);
        Proxy.Reload([("primary", $"agent.example:{Proxy.Address.Port}"), ("secondary", agent.Address.ToString())]);
        Assert.Equal("ping", await CallThroughAsync());
        await DownForLoopAsync("primary");

        using var moved = new TcpListener(IPAddress.Parse("127.31.0.9"), Proxy.Address.Port);
        moved.Start();
        _names.Set("agent.example", "127.31.0.9");

        await Eventually.TrueAsync(() => Proxy.IsUp("primary"), "the primary is up");
    }

    private async Task<TestDestination> StartAsync(EngineKind engine)
    {
        var agent = TestDestination.Echoing("primary");
        await StartAsync(engine, new ProxySetup
        {
            Names = _names,
            Cluster = new Dictionary<string, string>(StringComparer.Ordinal) { ["ResolveInterval"] = "00:00:01" },
        }, agent);
        return agent;
    }

    private async Task<string> CallThroughAsync()
    {
        using var client = await Proxy.ConnectAsync();
        await client.SendAsync("ping");
        client.FinishSending();
        return (await client.ReadToEndAsync()).Data;
    }

    private Task DownForLoopAsync(string destination) => Eventually.TrueAsync(
        () => Proxy.Cluster.Find(destination)!.Condition is { State: DestinationStatus.Down, Reason: Vocabulary.HealthReason.Loop },
        $"{destination} is down for its loop");
}
