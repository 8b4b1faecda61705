using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A connection through the proxy to an <see cref="EchoServer"/>.</summary>
internal sealed class EchoClient : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(30);

    private EchoClient(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public static async Task<EchoClient> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            using var limit = new CancellationTokenSource(_limit);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), limit.Token);
            return new EchoClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends random bytes and expects the same back.</summary>
    public async Task ExchangeAsync(int count = 64)
    {
        var sent = RandomNumberGenerator.GetBytes(count);
        await Socket.SendAsync(sent);
        await ExpectAsync(sent);
    }

    /// <summary>Expects these bytes next.</summary>
    public async Task ExpectAsync(ReadOnlyMemory<byte> expected)
    {
        using var limit = new CancellationTokenSource(_limit);
        var received = new byte[expected.Length];
        for (var at = 0; at < received.Length;)
        {
            var count = await Socket.ReceiveAsync(received.AsMemory(at), limit.Token);
            Assert.True(count > 0, $"the connection ended after {at} of {received.Length} bytes");
            at += count;
        }

        Assert.True(expected.Span.SequenceEqual(received), "other bytes came back than were sent");
    }

    /// <summary>Sends FIN and waits for the other side's.</summary>
    public async Task FinishAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        Socket.Shutdown(SocketShutdown.Send);
        Assert.Equal(0, await Socket.ReceiveAsync(new byte[1], limit.Token));
    }

    /// <summary>Waits for the end of the connection; true when it was a reset.</summary>
    public async Task<bool> EndsWithResetAsync()
    {
        using var limit = new CancellationTokenSource(_limit);
        try
        {
            while (await Socket.ReceiveAsync(new byte[1_024], limit.Token) > 0)
            {
            }

            return false;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset)
        {
            return true;
        }
    }

    /// <summary>Closes with RST.</summary>
    public void Reset() => Socket.Close(timeout: 0);

    public void Dispose() => Socket.Dispose();
}
