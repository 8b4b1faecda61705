using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Failover;

/// <summary>Sends requests by the clock, whether the earlier ones have been answered or not, a connection each.</summary>
internal sealed class OpenLoopClient(IPEndPoint target, int requestsPerSecond)
{
    private static readonly TimeSpan _givesUpAfter = TimeSpan.FromSeconds(15);
    private readonly List<Task<RpcRecord>> _requests = [];
    private long _start;
    private long _nextId;

    /// <summary>Time since the load began.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    /// <summary>One request now, outside the load.</summary>
    public Task<RpcRecord> TryOnceAsync() => SendAsync(_nextId++);

    /// <summary>Sends until <paramref name="end"/>, then waits for the last answers.</summary>
    public async Task<IReadOnlyList<RpcRecord>> RunAsync(TimeSpan end, CancellationToken cancellation)
    {
        _start = Stopwatch.GetTimestamp();
        for (var turn = 0; ; turn++)
        {
            var due = TimeSpan.FromSeconds((double)turn / requestsPerSecond);
            if (due >= end)
            {
                return await Task.WhenAll(_requests);
            }

            var left = due - Elapsed;
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, cancellation);
            }

            _requests.Add(SendAsync(_nextId++));
        }
    }

    private async Task<RpcRecord> SendAsync(long id)
    {
        var sent = Stopwatch.GetTimestamp();
        long? agent = null;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(_givesUpAfter);
        try
        {
            await socket.ConnectAsync(target, patience.Token);
            await socket.SendAsync(Rpc.Encode(id, 0), SocketFlags.None, patience.Token);
            agent = await Rpc.ReceiveAsync(socket, patience.Token) is { } reply && reply.Id == id ? reply.Agent : null;
        }
        catch (Exception lost) when (lost is SocketException or OperationCanceledException)
        {
            // No answer: that is the result.
        }

        return new RpcRecord(id, Stopwatch.GetElapsedTime(_start, sent), Stopwatch.GetElapsedTime(sent), agent);
    }
}
