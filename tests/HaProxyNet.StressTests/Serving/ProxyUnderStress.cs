using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.Hosting;
using HaProxyNet.Listening;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.StressTests.Serving;

/// <summary>The real proxy in this process: a listener for each group of destinations.</summary>
internal sealed class ProxyUnderStress : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ProxyUnderStress(WebApplication application) => _application = application;

    private TransportEngine Engine => _application.Services.GetRequiredService<TransportEngine>();

    private IReadOnlyList<Listener> Listeners => _application.Services.GetRequiredService<ListenerDirectory>().All;

    /// <summary>Starts it in front of these groups.</summary>
    public static async Task<ProxyUnderStress> StartAsync(EngineKind engine, IReadOnlyList<DestinationGroup> groups, ILoggerProvider log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error).AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHaProxyNet(new ConfigurationBuilder().AddInMemoryCollection(Settings(engine, groups)).Build());
        var application = builder.Build();
        application.MapHaProxyNet();
        await application.StartAsync();
        var proxy = new ProxyUnderStress(application);
        if (!proxy.Engine.Name.Equals(engine.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"The {engine} engine cannot run here.");
        }

        foreach (var group in groups)
        {
            group.Front = proxy.Listeners.Single(l => l.Name == group.Name).BoundAddress!;
        }

        return proxy;
    }

    /// <summary>Connections that the proxy still has: in its lanes, or in the counters of its listeners.</summary>
    public async Task<int> CountOpenAsync()
    {
        var count = 0;
        foreach (var lane in Engine.Lanes)
        {
            count += (await lane.Snapshot()).Count;
        }

        return Math.Max(count, Listeners.Sum(l => l.Open));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static Dictionary<string, string?> Settings(EngineKind engine, IReadOnlyList<DestinationGroup> groups)
    {
        var settings = new Dictionary<string, string?>
        {
            ["HaProxyNet:Engine"] = engine.ToString(),
            ["HaProxyNet:Threads"] = "2",
            ["HaProxyNet:Admin:Endpoint"] = "",
            ["HaProxyNet:Admin:ControlSocket"] = "",
            ["HaProxyNet:Admin:StateFile"] = "",
            ["HaProxyNet:ShutdownTimeout"] = "00:00:05",
        };
        foreach (var group in groups)
        {
            settings[$"HaProxyNet:Listeners:{group.Name}:Endpoint"] = "127.0.0.1:0";
            settings[$"HaProxyNet:Listeners:{group.Name}:Cluster"] = group.Name;
            settings[$"HaProxyNet:Clusters:{group.Name}:Health:DownInterval"] = "00:00:00.200";
            foreach (var (index, destination) in group.Destinations.Index())
            {
                settings[$"HaProxyNet:Clusters:{group.Name}:Destinations:{index}:Name"] = $"{group.Name}{index}";
                settings[$"HaProxyNet:Clusters:{group.Name}:Destinations:{index}:Address"] = destination.Address.ToString();
            }
        }

        return settings;
    }
}
