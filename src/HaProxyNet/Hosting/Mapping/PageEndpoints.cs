using HaProxyNet.Management.Page;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting.Mapping;

/// <summary>The live page, out of the executable: three files, and a stream of events. It changes nothing.</summary>
internal static class PageEndpoints
{
    /// <summary>Nothing from elsewhere, nothing inline, and in nobody's frame.</summary>
    private const string Policy
        = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action "
            + "'none'; frame-ancestors 'none'";

    private static readonly string[] _methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>A browser that takes nothing for so long is let go; it comes back when it can.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Maps <c>/</c>, its files, and <c>/page/events</c>.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        Map(endpoints, "/", "page.html", "text/html; charset=utf-8");
        Map(endpoints, "/page/page.css", "page.css", "text/css; charset=utf-8");
        Map(endpoints, "/page/page.js", "page.js", "text/javascript; charset=utf-8");
        Map(endpoints, "/page/icon.svg", "icon.svg", "image/svg+xml");
        var feed = endpoints.ServiceProvider.GetRequiredService<PageFeed>();
        var lifetime = endpoints.ServiceProvider.GetRequiredService<IHostApplicationLifetime>();
        endpoints.MapMethods("/page/events", _methods, http => StreamAsync(http, feed, lifetime.ApplicationStopping));
    }

    private static void Map(IEndpointRouteBuilder endpoints, string path, string name, string type)
    {
        var content = Read(name);
        endpoints.MapMethods(path, _methods, http =>
        {
            Protect(http.Response, type);
            http.Response.ContentLength = content.Length;
            return HttpMethods.IsHead(http.Request.Method)
                ? Task.CompletedTask
                : http.Response.Body.WriteAsync(content, http.RequestAborted).AsTask();
        });
    }

    private static async Task StreamAsync(HttpContext http, PageFeed feed, CancellationToken stopping)
    {
        Protect(http.Response, "text/event-stream");
        if (HttpMethods.IsHead(http.Request.Method))
        {
            return;
        }

        if (feed.Open() is not { } page)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("there are enough open pages; close one\n", http.RequestAborted);
            return;
        }

        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
            while (true)
            {
                var message = await page.ReadAsync(end.Token);
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(end.Token);
                patience.CancelAfter(_patience);
                await http.Response.Body.WriteAsync(message, patience.Token);
                await http.Response.Body.FlushAsync(patience.Token);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            if (!stopping.IsCancellationRequested)
            {
                http.Abort();
            }
        }
        finally
        {
            feed.Close(page);
        }
    }

    private static void Protect(HttpResponse response, string type)
    {
        response.ContentType = type;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(PageEndpoints).Assembly.GetManifestResourceStream("page." + name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
