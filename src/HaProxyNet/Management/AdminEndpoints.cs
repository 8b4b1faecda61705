using System.Text.Json;
using HaProxyNet.Hosting;
using HaProxyNet.Management.Events;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.Management;

/// <summary>The read-only HTTP endpoints for scrapers, orchestrators and people.</summary>
internal static class AdminEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
        var metrics = services.GetRequiredService<MetricsPublisher>();
        var readiness = services.GetRequiredService<ProxyReadiness>();
        var status = services.GetRequiredService<StatusReader>();
        var sessions = services.GetRequiredService<SessionReader>();
        var events = services.GetRequiredService<EventJournal>();

        endpoints.MapGet("/metrics", (HttpContext http) => WriteMetricsAsync(http, metrics));
        endpoints.MapGet("/healthz", (HttpContext http) => http.Response.WriteAsync("alive\n", http.RequestAborted));
        endpoints.MapGet("/readyz", (HttpContext http) => WriteReadinessAsync(http, readiness));
        endpoints.MapGet("/api/v1/status", (HttpContext http) => WriteStatusAsync(http, status));
        endpoints.MapGet("/api/v1/sessions", (HttpContext http) => WriteSessionsAsync(http, sessions));
        endpoints.MapGet("/api/v1/events", (HttpContext http) => WriteEventsAsync(http, events));
    }

    private static Task WriteMetricsAsync(HttpContext http, MetricsPublisher metrics)
    {
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return metrics.WriteAsync(http.Response.Body, http.RequestAborted);
    }

    private static Task WriteReadinessAsync(HttpContext http, ProxyReadiness readiness)
    {
        var obstacles = readiness.Obstacles();
        http.Response.StatusCode = obstacles.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return http.Response.WriteAsync(obstacles.Count == 0 ? "ready\n" : string.Join('\n', obstacles) + "\n", http.RequestAborted);
    }

    private static Task WriteStatusAsync(HttpContext http, StatusReader status)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(http.Response.Body, status.Read(), StatusJson.Default.ProxyStatus, http.RequestAborted);
    }

    private static async Task WriteSessionsAsync(HttpContext http, SessionReader sessions)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        await JsonSerializer.SerializeAsync(http.Response.Body, await sessions.ReadAsync(), StatusJson.Default.IReadOnlyListSessionEntry, http.RequestAborted);
    }

    private static Task WriteEventsAsync(HttpContext http, EventJournal events)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        return JsonSerializer.SerializeAsync(http.Response.Body, events.Read(), StatusJson.Default.IReadOnlyListStateEvent, http.RequestAborted);
    }
}
