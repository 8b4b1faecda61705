using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tests.Management.Notifying;

/// <summary>A webhook's other end: a Kestrel that keeps what is posted and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WebhookReceiver(WebApplication application) => _application = application;

    /// <summary>What was posted: path, authorization and body.</summary>
    public ConcurrentQueue<(string Path, string Authorization, string Body)> Posts { get; } = new();

    /// <summary>What it answers to the request of this number.</summary>
    public required Func<HttpContext, int, Task> Answer { get; init; }

    public string Url => _application.Urls.First() + "/hook/s3cret";

    public static async Task<WebhookReceiver> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var receiver = new WebhookReceiver(application) { Answer = answer };
        application.Run(receiver.TakeAsync);
        await application.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Posts.Enqueue((context.Request.Path, context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync()));
        await Answer(context, Posts.Count);
    }
}
