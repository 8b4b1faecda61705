using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HaProxyNet.FunctionalTests.Forwarding.Fixture;

/// <summary>A member of a cluster: a real HTTP server with a port of its own, which can be stopped and started.</summary>
internal sealed class HttpMember : IAsyncDisposable
{
    private readonly Socket _reservation = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private WebApplication? _application;
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _cancelled;

    public HttpMember(string name)
    {
        Name = name;
        _reservation.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Name { get; }

    public IPEndPoint Address => (IPEndPoint)_reservation.LocalEndPoint!;

    /// <summary>The targets of the requests that have come, letter by letter.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Requests that ended before their answer.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>Requests for /held are answered from now on.</summary>
    public void Release() => _released.TrySetResult();

    public static async Task<HttpMember> StartedAsync(string name)
    {
        var member = new HttpMember(name);
        await member.StartAsync();
        return member;
    }

    public async Task StartAsync()
    {
        // Without files of settings: each would have a watcher, and a machine has few of them.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestLineSize = 64 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 256 * 1024;
            kestrel.Listen(Address, static listen => listen.Protocols = HttpProtocols.Http1);
        });
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(ServeAsync);
        await _application.StartAsync();
    }

    /// <summary>Ends at once, with its connections, as a killed process does.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _application, null) is { } application)
        {
            await application.StopAsync(new CancellationToken(canceled: true));
            await application.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _reservation.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        Requests.Enqueue(context.Features.Get<IHttpRequestFeature>()!.RawTarget);
        switch (context.Request.Path.Value)
        {
            case "/headers":
                var lines = context.Request.Headers.Select(header => $"{header.Key}: {header.Value}");
                await context.Response.WriteAsync(string.Join('\n', lines));
                break;
            case "/echo":
                await context.Request.Body.CopyToAsync(context.Response.Body);
                break;
            case "/held":
                await _released.Task;
                await context.Response.WriteAsync(Name);
                break;
            case "/never":
                await NeverAsync(context);
                break;
            case "/fall":
                context.Abort();
                break;
            case "/half":
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("half");
                await context.Response.Body.FlushAsync();
                context.Abort();
                break;
            case "/socket":
                await EchoAsync(context);
                break;
            default:
                await context.Response.WriteAsync(Name);
                break;
        }
    }

    private async Task NeverAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { CloseStatus: null } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, CancellationToken.None);
    }
}
