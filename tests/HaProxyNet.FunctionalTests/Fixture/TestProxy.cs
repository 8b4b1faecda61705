using System.Net;
using System.Net.Sockets;
using System.Text;
using HaProxyNet.Configuration;
using HaProxyNet.Connections;
using HaProxyNet.Failover;
using HaProxyNet.Hosting;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>The real proxy, hosted as an application hosts it, with one listener and one cluster, on one engine.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private static readonly TimeSpan _longestReload = TimeSpan.FromSeconds(2);

    private readonly WebApplication _application;
    private readonly ProxyConfiguration _configuration;
    private readonly EngineKind _engine;
    private readonly ProxySetup _setup;
    private bool _stopped;

    private TestProxy(WebApplication application, ProxyConfiguration configuration, EngineKind engine, ProxySetup setup, LogCapture log)
        => (_application, _configuration, _engine, _setup, Log) = (application, configuration, engine, setup, log);

    /// <summary>Everything that was logged.</summary>
    public LogCapture Log { get; }

    /// <summary>What the clients that connected through <see cref="ConnectAsync"/> sent and received.</summary>
    public PeerTraffic Clients { get; } = new();

    public Listener Listener => ListenerNamed(ProxyConfiguration.Listener);

    /// <summary>The listener of a second cluster.</summary>
    public Listener Second => ListenerNamed(ProxyConfiguration.Second);

    public Cluster Cluster => Listener.Plan.Clusters[0];

    /// <summary>Where new connections go first; see <see cref="ActiveOf"/>.</summary>
    public string? Active => ActiveOf(Cluster);

    public TransportEngine Engine => _application.Services.GetRequiredService<TransportEngine>();

    /// <summary>Something of the proxy's inside.</summary>
    public T Service<T>()
        where T : notnull => _application.Services.GetRequiredService<T>();

    /// <summary>What operators can do.</summary>
    public IFailoverControl Control => _application.Services.GetRequiredService<IFailoverControl>();

    /// <summary>Lets the proxy see something of a destination.</summary>
    public void Report(Destination destination, Vocabulary.Evidence evidence) => Report(Cluster, destination, evidence);

    /// <summary>Lets the proxy see something of a destination of any cluster.</summary>
    public void Report(Cluster cluster, Destination destination, Vocabulary.Evidence evidence)
        => _application.Services.GetRequiredService<Health.HealthReporter>().Report(cluster, destination, evidence);

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Address { get; private set; } = null!;

    /// <summary>Where HTTP is served.</summary>
    public Uri Admin => new(_application.Urls.First());

    /// <summary>
    /// The name of a cluster's active destination, under the gate: the code that has changed it has published the candidates as well.
    /// </summary>
    public static string? ActiveOf(Cluster cluster)
    {
        lock (cluster.Group.Gate)
        {
            return cluster.Active.Current?.Name;
        }
    }

    /// <summary>Whether a destination is up; see <see cref="StateOf"/>.</summary>
    public bool IsUp(string destination) => StateOf(destination) is DestinationStatus.Up;

    /// <summary>
    /// What is known of a destination, under the gate: its change has been counted and logged, and the candidates are published.
    /// </summary>
    public DestinationStatus StateOf(string destination)
    {
        lock (Cluster.Group.Gate)
        {
            return Cluster.Find(destination)!.Condition.State;
        }
    }

    public static async Task<TestProxy> StartAsync(
        EngineKind engine,
        ProxySetup setup,
        IEnumerable<(string Name, string Address)> destinations)
    {
        var configuration = new ProxyConfiguration();
        configuration.Set(engine, setup, destinations);
        var log = new LogCapture();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(setup.Quiet ? LogLevel.Warning : LogLevel.Debug).AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        if (setup.Time is { } time)
        {
            builder.Services.AddSingleton(time);
        }

        if (setup.Names is { } names)
        {
            builder.Services.AddSingleton<Health.Names.INameLookup>(names);
        }

        builder.Services.AddHaProxyNet(new ConfigurationBuilder().Add(configuration).Build(), setup.Application);
        setup.Services?.Invoke(builder.Services);
        var application = builder.Build();
        application.MapHaProxyNet();
        HaProxyNet.Hosting.Mapping.PageEndpoints.Map(application);
        await application.StartAsync();
        var proxy = new TestProxy(application, configuration, engine, setup, log);
        proxy.Address = proxy.Listener.BoundAddress!;
        Assert.Equal(engine.ToString(), proxy.Engine.Name, ignoreCase: true);
        return proxy;
    }

    /// <summary>A client's connection to the listener.</summary>
    /// <param name="from">The client's own address; any when none.</param>
    /// <param name="to">The listener's address; the first one's when none.</param>
    public async Task<TestPeer> ConnectAsync(IPAddress? from = null, IPEndPoint? to = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (from is not null)
        {
            socket.Bind(new IPEndPoint(from, 0));
        }

        try
        {
            await socket.ConnectAsync(to ?? Address);
            Clients.Opened();
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Connected, and reset before this thread had a look at it.
            Clients.Opened();
            return new TestPeer(socket, Clients) { WasResetAtOnce = true };
        }

        return new TestPeer(socket, Clients);
    }

    /// <summary>What this proxy has counted, without what one before it has left.</summary>
    public async Task<MetricsSnapshot> ScrapeAsync()
    {
        using var text = new MemoryStream();
        await Service<Telemetry.ProxyMetrics>().Registry.CollectAndExportAsTextAsync(text, CancellationToken.None);
        return MetricsSnapshot.Parse(Encoding.UTF8.GetString(text.ToArray()));
    }

    /// <summary>The lines of the connections that have ended, once there are so many.</summary>
    public async Task<IReadOnlyList<ConnectionLine>> LinesAsync(int count)
    {
        await Eventually.TrueAsync(
            () => Task.FromResult(Log.Lines.Count >= count), () => $"{count} connections have ended ({Log.Lines.Count} have)");
        return Log.Lines;
    }

    /// <summary>The line of the only connection, once it has ended.</summary>
    public async Task<ConnectionLine> LineAsync() => Assert.Single(await LinesAsync(1));

    /// <summary>The connections that are open now.</summary>
    public Task<IReadOnlyList<ProxyConnection>> ConnectionsAsync() => Engine.ConnectionsAsync();

    /// <summary>Changes the configuration while the proxy runs. It is in force at the return, unless it waits for names.</summary>
    public void Reload(IEnumerable<(string Name, string Address)> destinations, Func<ProxySetup, ProxySetup>? change = null)
    {
        _configuration.Set(_engine, change?.Invoke(_setup) ?? _setup, destinations);
        ReloadHasEnded();
    }

    /// <summary>Changes the configuration, with listeners and clusters beyond those of a setup.</summary>
    public void Reload(IEnumerable<(string Name, string Address)> destinations, IReadOnlyDictionary<string, string> more)
    {
        _configuration.Set(_engine, _setup, destinations, more);
        ReloadHasEnded();
    }

    /// <summary>
    /// A reload that has to wait for something goes on elsewhere. One that waits for names is not waited for: its clock is the test's.
    /// </summary>
    private void ReloadHasEnded()
    {
        var ended = PassAsync(Service<ConfigurationReloader>());
        SpinWait.SpinUntil(() => ended.IsCompleted, _longestReload);

        static async Task PassAsync(ConfigurationReloader reloader)
        {
            using var turn = await reloader.HoldAsync();
        }
    }

    /// <summary>A listener by its name.</summary>
    public Listener ListenerNamed(string name)
        => _application.Services.GetRequiredService<ListenerDirectory>().All.Single(listener => listener.Name == name);

    /// <summary>
    /// Does what SIGTERM does; returns when the proxy has stopped. A drain whose clock stands still is not waited for without end.
    /// </summary>
    public async Task StopAsync()
    {
        _stopped = true;
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await _application.StopAsync(bound.Token);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stopped)
        {
            await StopAsync();
        }

        await _application.DisposeAsync();
    }
}
