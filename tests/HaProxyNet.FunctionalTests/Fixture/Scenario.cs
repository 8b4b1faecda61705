using System.Net.Sockets;
using HaProxyNet.Configuration;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>
/// One scenario: a proxy, its destinations, its clients. At the end all peers close, the proxy must come to rest, and everything that it
/// counted and logged must be the truth.
/// </summary>
public abstract class Scenario : IAsyncLifetime
{
    private readonly List<TestDestination> _destinations = [];
    private readonly List<TestPeer> _clients = [];
    private TestProxy? _proxy;
    private DirectoryInfo? _folder;

    /// <summary>The proxy, once it is started.</summary>
    private protected TestProxy Proxy => _proxy ?? throw new InvalidOperationException("Start the proxy first.");

    /// <summary>What the scenario permits; see <see cref="GroundTruth"/>.</summary>
    private protected GroundTruth Truth { get; } = new();

    /// <summary>A folder of the scenario's own, gone with it.</summary>
    private protected string Folder => (_folder ??= Directory.CreateTempSubdirectory("haproxynet-")).FullName;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        try
        {
            if (_proxy is not null)
            {
                await EndAsync(_proxy);
            }
        }
        finally
        {
            _destinations.ForEach(d => d.Dispose());
            _folder?.Delete(recursive: true);
        }
    }

    /// <summary>Starts a proxy in front of these destinations, the primary first.</summary>
    private protected Task<TestProxy> StartAsync(EngineKind engine, params IEnumerable<TestDestination> destinations)
        => StartAsync(engine, new ProxySetup(), destinations);

    /// <inheritdoc cref="StartAsync(EngineKind, IEnumerable{TestDestination})"/>
    private protected async Task<TestProxy> StartAsync(
        EngineKind engine,
        ProxySetup setup,
        params IEnumerable<TestDestination> destinations)
    {
        _destinations.AddRange(destinations);
        return await StartAtAsync(engine, setup, AddressesOf(destinations));
    }

    /// <summary>Starts a proxy in front of addresses that need not be those of destinations.</summary>
    private protected async Task<TestProxy> StartAtAsync(
        EngineKind engine,
        ProxySetup setup,
        IEnumerable<(string Name, string Address)> addresses)
        => _proxy = await TestProxy.StartAsync(engine, setup, addresses);

    /// <summary>A destination that is not configured from the start.</summary>
    private protected TestDestination Add(TestDestination destination)
    {
        _destinations.Add(destination);
        return destination;
    }

    /// <summary>A client's connection through the proxy; it is closed at the end at the latest.</summary>
    private protected async Task<TestPeer> ConnectAsync()
    {
        var client = await Proxy.ConnectAsync();
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>One whole RPC through the proxy; returns the answer, or what became of it.</summary>
    private protected async Task<string> CallAsync()
    {
        using var client = await Proxy.ConnectAsync();
        try
        {
            await client.SendAsync(Scripts.Request);
            var (answer, end) = await client.ReadToEndAsync();
            return end is PeerEnd.Fin ? answer : "reset";
        }
        catch (SocketException)
        {
            return "reset";
        }
    }

    /// <summary>One whole exchange with a destination that echoes; returns what came back before its FIN.</summary>
    private protected async Task<string> EchoCallAsync()
    {
        using var client = await Proxy.ConnectAsync();
        await client.SendAsync(Scripts.Request);
        client.FinishSending();
        return (await client.ReadToEndAsync()).Data;
    }

    private protected static IEnumerable<(string Name, string Address)> AddressesOf(params IEnumerable<TestDestination> destinations)
        => destinations.Select(d => (d.Name, d.Address.ToString()));

    private async Task EndAsync(TestProxy proxy)
    {
        await using (proxy)
        {
            _clients.ForEach(c => c.Dispose());
            await Truth.CheckAsync(proxy, _destinations);
        }
    }
}
