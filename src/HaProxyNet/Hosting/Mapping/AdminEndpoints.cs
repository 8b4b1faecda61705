using System.Text;
using HaProxyNet.Management;
using HaProxyNet.Management.History;
using HaProxyNet.Management.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.Hosting.Mapping;

/// <summary>The read-only HTTP endpoints for scrapers, orchestrators and people. HEAD is answered like GET, without the body.</summary>
internal static class AdminEndpoints
{
    private const int AtOnce = 256 * 1024;
    private const string Text = "text/plain; charset=utf-8";
    private const string Metrics = "text/plain; version=0.0.4; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";

    private static readonly string[] _methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly byte[] _alive = "alive\n"u8.ToArray();
    private static readonly byte[] _ready = "ready\n"u8.ToArray();
    private static readonly byte[] _fault = "this could not be written; the log of the proxy says why\n"u8.ToArray();

    public static void Map(IEndpointRouteBuilder endpoints, IServiceProvider services)
    {
        var readiness = services.GetRequiredService<ProxyReadiness>();
        var documents = services.GetRequiredService<AdminDocuments>();

        Map(endpoints, "/healthz", http => WriteAsync(http, StatusCodes.Status200OK, Text, _alive));
        Map(endpoints, "/readyz", http => WriteReadinessAsync(http, readiness));
        Map(endpoints, "/metrics", http => WriteAsync(http, documents.Metrics, Metrics));
        Map(endpoints, "/api/v1/status", http => WriteAsync(http, documents.Status, Json));
        Map(endpoints, "/api/v1/sessions", http => WriteAsync(http, documents.Sessions, Json));
        Map(endpoints, "/api/v1/events", http => WriteAsync(http, documents.Events, Json));
        Map(endpoints, "/api/v1/history", services.GetRequiredService<HistoryEndpoint>().AnswerAsync);
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, RequestDelegate answer)
        => endpoints.MapMethods(path, _methods, answer);

    private static Task WriteReadinessAsync(HttpContext http, ProxyReadiness readiness)
    {
        var obstacles = readiness.Obstacles();
        return obstacles.Count == 0
            ? WriteAsync(http, StatusCodes.Status200OK, Text, _ready)
            : WriteAsync(http, StatusCodes.Status503ServiceUnavailable, Text, Encoding.UTF8.GetBytes(string.Join('\n', obstacles) + "\n"));
    }

    private static async Task WriteAsync(HttpContext http, SharedDocument document, string type)
    {
        var body = await document.ReadAsync().WaitAsync(http.RequestAborted);
        await (body is { } written
            ? WriteAsync(http, StatusCodes.Status200OK, type, written)
            : WriteAsync(http, StatusCodes.Status500InternalServerError, Text, _fault));
    }

    private static Task WriteAsync(HttpContext http, int status, string type, ReadOnlyMemory<byte> body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : SendAsync(http, body);
    }

    /// <summary>Bit by bit: given all at once, Kestrel would make a copy of megabytes, and a slow reader would hold it.</summary>
    private static async Task SendAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        for (; body.Length > 0; body = body[Math.Min(AtOnce, body.Length)..])
        {
            await http.Response.Body.WriteAsync(body[..Math.Min(AtOnce, body.Length)], http.RequestAborted);
        }
    }
}
