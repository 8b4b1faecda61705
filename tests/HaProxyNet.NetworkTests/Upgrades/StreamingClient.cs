using System.Diagnostics;
using System.Security.Cryptography;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A connection that sends and receives all the time through the proxy, and knows every byte of it.</summary>
internal sealed class StreamingClient : IDisposable
{
    private const int Piece = 8 * 1024;

    private readonly EchoClient _client;
    private readonly IncrementalHash _sentHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _receivedHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Task _sending;
    private readonly Task _receiving;
    private volatile bool _isStopping;

    private StreamingClient(EchoClient client)
    {
        _client = client;
        _sending = Task.Run(SendAsync);
        _receiving = Task.Run(ReceiveAsync);
    }

    public long Sent { get; private set; }

    public long Received { get; private set; }

    /// <summary>The longest time without a byte.</summary>
    public TimeSpan LongestPause { get; private set; }

    public static async Task<StreamingClient> StartAsync(int port) => new(await EchoClient.ConnectAsync(port));

    /// <summary>Ends in order, and expects that all came back.</summary>
    public async Task FinishAsync()
    {
        _isStopping = true;
        await _sending;
        await _receiving;
        Assert.Equal(Sent, Received);
        Assert.Equal(_sentHash.GetHashAndReset(), _receivedHash.GetHashAndReset());
    }

    public void Dispose()
    {
        _client.Dispose();
        _sentHash.Dispose();
        _receivedHash.Dispose();
    }

    private async Task SendAsync()
    {
        var piece = new byte[Piece];
        while (!_isStopping)
        {
            RandomNumberGenerator.Fill(piece);
            _sentHash.AppendData(piece);
            await _client.Socket.SendAsync(piece);
            Sent += piece.Length;
            await Task.Delay(1);
        }

        _client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[4 * Piece];
        var last = Stopwatch.GetTimestamp();
        while (await _client.Socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            var now = Stopwatch.GetTimestamp();
            LongestPause = Stopwatch.GetElapsedTime(last, now) is var pause && pause > LongestPause ? pause : LongestPause;
            last = now;
            _receivedHash.AppendData(buffer, 0, count);
            Received += count;
        }
    }
}
