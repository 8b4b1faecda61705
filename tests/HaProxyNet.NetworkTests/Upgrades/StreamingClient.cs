using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A connection that sends and receives all the time through the proxy, and knows every byte of it.</summary>
internal sealed class StreamingClient : IDisposable
{
    private const int Piece = 1024;

    private readonly EchoClient _client;
    private readonly TimeSpan _pace;
    private readonly ConcurrentQueue<long> _sentAt = new();
    private readonly IncrementalHash _sentHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _receivedHash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Task _sending;
    private readonly Task _receiving;
    private long _longest;
    private volatile bool _isStopping;

    private StreamingClient(EchoClient client, TimeSpan pace)
    {
        (_client, _pace) = (client, pace);
        _sending = Task.Run(SendAsync);
        _receiving = Task.Run(ReceiveAsync);
    }

    public long Sent { get; private set; }

    public long Received { get; private set; }

    /// <summary>Streams on a connection.</summary>
    /// <param name="client">The connection.</param>
    /// <param name="pace">The time between two pieces.</param>
    public static StreamingClient Start(EchoClient client, TimeSpan pace) => new(client, pace);

    /// <summary>The longest time that a piece took to the destination and back, since this was last asked.</summary>
    public TimeSpan TakeLongest() => Stopwatch.GetElapsedTime(0, Interlocked.Exchange(ref _longest, 0));

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
            _sentAt.Enqueue(Stopwatch.GetTimestamp());
            await _client.Socket.SendAsync(piece);
            Sent += piece.Length;
            await Task.Delay(_pace);
        }

        _client.Socket.Shutdown(SocketShutdown.Send);
    }

    private async Task ReceiveAsync()
    {
        var buffer = new byte[16 * Piece];
        var whole = 0L;
        while (await _client.Socket.ReceiveAsync(buffer) is > 0 and var count)
        {
            var now = Stopwatch.GetTimestamp();
            _receivedHash.AppendData(buffer, 0, count);
            Received += count;
            for (; whole < Received / Piece && _sentAt.TryDequeue(out var sent); whole++)
            {
                Note(now - sent);
            }
        }
    }

    private void Note(long took)
    {
        for (var longest = Volatile.Read(ref _longest); took > longest;)
        {
            longest = Interlocked.CompareExchange(ref _longest, took, longest) is var seen && seen == longest ? took : seen;
        }
    }
}
