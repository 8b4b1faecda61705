using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>How probes connect and close.</summary>
internal static class ProbeSocket
{
    /// <summary>Level and number of TCP_QUICKACK in tcp(7).</summary>
    private const int TcpLevel = 6;
    private const int TcpQuickAck = 12;

    /// <summary>What a server may still say once the result is known; one that goes on is left.</summary>
    private const int LongestRest = 64 * 1024;

    /// <summary>
    /// A socket whose close is a reset: it spares both machines the TIME_WAIT state, and no server takes it for an orderly end.
    /// </summary>
    public static Socket CreateResetting(IPEndPoint address) => new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
    {
        LingerState = new LingerOption(enable: true, seconds: 0),
    };

    /// <summary>
    /// Keeps the kernel from answering the SYN-ACK at once, as if data were to follow: for as long as it waits, the server has no
    /// connection to accept.
    /// </summary>
    public static void DelayHandshakesEnd(Socket socket) => socket.SetRawSocketOption(TcpLevel, TcpQuickAck, BitConverter.GetBytes(0));

    /// <summary>Connects.</summary>
    /// <exception cref="ConnectFailedException">It did not accept, or this machine could not try.</exception>
    public static async ValueTask ConnectAsync(Socket socket, IPEndPoint address, CancellationToken deadline)
    {
        try
        {
            await socket.ConnectAsync(address, deadline);
        }
        catch (SocketException fault)
        {
            throw new ConnectFailedException(SocketConnects.Classify(fault.SocketErrorCode, address), fault);
        }

        if (SocketConnects.HasReachedItself(socket))
        {
            throw new ConnectFailedException(ConnectStatus.Refused);
        }
    }

    /// <summary>
    /// Connects, for a conversation that ends in order, and says that the connection is the proxy's own where the destination is told.
    /// </summary>
    /// <exception cref="ConnectFailedException">It did not accept, or this machine could not try.</exception>
    public static async ValueTask<NetworkStream> OpenAsync(ProbeTarget target, CancellationToken deadline)
    {
        var address = target.Address;
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ConnectAsync(socket, address, deadline);
            if (!target.Header.IsEmpty)
            {
                await socket.SendAsync(target.Header, deadline);
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends FIN and waits for the server's, so that it sees an orderly end and not a reset. The result is known before.</summary>
    public static async ValueTask EndInOrderAsync(NetworkStream connection, Stream conversation, CancellationToken deadline)
    {
        var rest = new byte[1024];
        try
        {
            connection.Socket.Shutdown(SocketShutdown.Send);
            for (int count, all = 0; all < LongestRest && (count = await conversation.ReadAsync(rest, deadline)) > 0; all += count)
            {
                // What it still had to say.
            }
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException)
        {
            // It ended otherwise, which says nothing more.
        }
    }
}
