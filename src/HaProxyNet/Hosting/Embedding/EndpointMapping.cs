using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting.Embedding;

/// <summary>
/// Knows whether, and where, the application has mapped the proxy's endpoints, and says at the start what is wrong with that.
/// </summary>
internal sealed class EndpointMapping : IHostedLifecycleService
{
    /// <summary>The type of YARP's source of routes; it is internal there.</summary>
    private const string SourceOfYarp = "ProxyConfigManager";

    private IEndpointRouteBuilder? _endpoints;

    /// <summary>Marks the proxy's own endpoints.</summary>
    public static object Mark { get; } = new();

    /// <summary>
    /// Lets YARP take over the configuration, unless the application has mapped YARP's routes itself: then its pipeline stays.
    /// </summary>
    public void LoadClusters(IEndpointRouteBuilder endpoints)
    {
        _endpoints = endpoints;
        if (!endpoints.DataSources.Any(source => source.GetType().Name == SourceOfYarp))
        {
            endpoints.MapReverseProxy();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var endpoints = _endpoints ?? throw new InvalidOperationException(
            "The proxy has no clusters, because its endpoints are not mapped. Call app.MapHaProxyNet() before the application runs.");
        var all = endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToLookup(IsOurs);
        var ours = all[true].Select(Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return all[false].Select(Path).FirstOrDefault(ours.Contains) is { } twice
            ? throw new InvalidOperationException(
                $"The application and the proxy both map {twice}. Give the proxy a prefix: app.MapHaProxyNet(\"/proxy\").")
            : Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool IsOurs(Endpoint endpoint) => endpoint.Metadata.Contains(Mark);

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.Trim('/');
}
