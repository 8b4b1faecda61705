using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Failover;

/// <summary>
/// A destination in a process of its own, so that it can be killed: answers requests and keeps the ledger. It warms up by itself, and
/// listens when it is told to: a runtime that compiles its first answer, or starts next to the load, would be felt as a slow failover.
/// </summary>
internal sealed class FailoverAgent(IPEndPoint endpoint, long number, AgentLedger ledger)
{
    private const int Backlog = 512;
    private const int WarmUpRequests = 300;
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(5);

    /// <summary>Serves until it is killed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await WarmUpAsync(cancellation);
        ledger.Warm = Environment.ProcessId;
        while (ledger.Released != Environment.ProcessId)
        {
            await Task.Delay(_look, cancellation);
        }

        using var listener = Listen(endpoint);
        ledger.Listening = Environment.ProcessId;
        await AcceptAsync(listener, ledger, cancellation);
    }

    private async Task WarmUpAsync(CancellationToken cancellation)
    {
        using var listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var accepting = AcceptAsync(listener, counts: null, end.Token);
        var client = new OpenLoopClient((IPEndPoint)listener.LocalEndPoint!, requestsPerSecond: 1);
        for (var request = 0; request < WarmUpRequests; request++)
        {
            await client.TryOnceAsync();
        }

        await end.CancelAsync();
        await accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Socket Listen(IPEndPoint endpoint)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(endpoint);
        listener.Listen(Backlog);
        return listener;
    }

    private async Task AcceptAsync(Socket listener, AgentLedger? counts, CancellationToken cancellation)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync(cancellation);
            counts?.CountAccepted();
            _ = ServeAsync(socket, counts, cancellation);
        }
    }

    private async Task ServeAsync(Socket socket, AgentLedger? counts, CancellationToken cancellation)
    {
        using (socket)
        {
            try
            {
                if (await Rpc.ReceiveAsync(socket, cancellation) is { } request)
                {
                    counts?.CountRequest(request.Id);
                    await socket.SendAsync(Rpc.Encode(request.Id, number), SocketFlags.None, cancellation);

                    // The client closes first.
                    await socket.ReceiveAsync(new byte[1], SocketFlags.None, cancellation);
                }
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException)
            {
                // A connection that was reset: accepted, and no request, or not one more. Or the end of the warm-up.
            }
        }
    }
}
