using System.Collections.Concurrent;
using HaProxyNet.NetworkTests.Fixture;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A server of HTTP that knows each request that it has had, and echoes WebSockets.</summary>
internal sealed class CountingMember : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly WebApplication _application;
    private int _served;

    private CountingMember()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(ServeAsync);
    }

    public string Address => new Uri(_application.Urls.First()).Authority;

    public int Served => Volatile.Read(ref _served);

    /// <summary>Requests that have come more than once.</summary>
    public IEnumerable<string> Twice => _requests.Where(one => one.Value > 1).Select(one => one.Key);

    public static async Task<CountingMember> StartAsync()
    {
        var member = new CountingMember();
        await member._application.StartAsync();
        return member;
    }

    public Task HasServedAsync(int count) => Eventually.HoldsAsync(() => Served >= count, () => $"{count} requests are served ({Served})");

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[64];
            while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { CloseStatus: null } message)
            {
                await socket.SendAsync(
                    buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, CancellationToken.None);
            }

            await socket.CloseOutputAsync(socket.CloseStatus!.Value, null, CancellationToken.None);
            return;
        }

        _requests.AddOrUpdate(context.Request.Path, 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _served);
        await context.Response.WriteAsync("ok");
    }
}
