using System.Net;
using HaProxyNet.Hosting;
using HaProxyNet.Listening;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Benchmarks;

/// <summary>The proxy in this process, through its real hosting path, in front of one destination.</summary>
internal sealed class EmbeddedProxy : IAsyncDisposable
{
    private readonly WebApplication _application;

    private EmbeddedProxy(WebApplication application) => _application = application;

    public IPEndPoint EndPoint => _application.Services.GetRequiredService<ListenerDirectory>().All[0].BoundAddress!;

    public static async Task<EmbeddedProxy> StartAsync(string engine, IPEndPoint destination)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HaProxyNet:Engine"] = engine,
            ["HaProxyNet:Threads"] = "1",
            ["HaProxyNet:Listeners:bench:Endpoint"] = "127.0.0.1:0",
            ["HaProxyNet:Listeners:bench:Cluster"] = "bench",
            ["HaProxyNet:Clusters:bench:Destinations:0:Name"] = "primary",
            ["HaProxyNet:Clusters:bench:Destinations:0:Address"] = destination.ToString(),
        });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.Services.AddHaProxyNet(builder.Configuration);
        var application = builder.Build();
        application.MapHaProxyNet();
        await application.StartAsync();
        return new EmbeddedProxy(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
