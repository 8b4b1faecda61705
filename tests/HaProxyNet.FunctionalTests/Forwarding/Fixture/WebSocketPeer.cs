using System.Net.WebSockets;
using System.Text;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Forwarding.Fixture;

/// <summary>A WebSocket with a member that echoes.</summary>
internal sealed class WebSocketPeer : IDisposable
{
    private readonly ClientWebSocket _socket = new();

    public static async Task<WebSocketPeer> OpenAsync(HttpClient client)
    {
        var peer = new WebSocketPeer();
        await peer._socket.ConnectAsync(new Uri($"wss://{TestCertificates.FrontName}/socket"), client, CancellationToken.None);
        return peer;
    }

    /// <summary>Sends a word, and waits until it is back.</summary>
    public async Task EchoesAsync(string word)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, endOfMessage: true, bound.Token);
        var buffer = new byte[64];
        var answer = await _socket.ReceiveAsync(buffer, bound.Token);
        Assert.Equal(word, Encoding.UTF8.GetString(buffer, 0, answer.Count));
    }

    /// <summary>Ends it in order.</summary>
    public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose() => _socket.Dispose();
}
