using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Failover;

/// <summary>A destination in a process of its own, so that it can be killed: answers requests and keeps the ledger.</summary>
internal sealed class FailoverAgent(IPEndPoint endpoint, long number, AgentLedger ledger)
{
    private const int Backlog = 512;

    /// <summary>Serves until it is killed.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(endpoint);
        listener.Listen(Backlog);
        ledger.Listening = Environment.ProcessId;
        while (true)
        {
            var socket = await listener.AcceptAsync(cancellation);
            ledger.CountAccepted();
            _ = ServeAsync(socket, cancellation);
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken cancellation)
    {
        using (socket)
        {
            try
            {
                if (await Rpc.ReceiveAsync(socket, cancellation) is { } request)
                {
                    ledger.CountRequest(request.Id);
                    await socket.SendAsync(Rpc.Encode(request.Id, number), SocketFlags.None, cancellation);

                    // The client closes first.
                    await socket.ReceiveAsync(new byte[1], SocketFlags.None, cancellation);
                }
            }
            catch (SocketException)
            {
                // A connection that was reset: accepted, and no request, or not one more.
            }
        }
    }
}
