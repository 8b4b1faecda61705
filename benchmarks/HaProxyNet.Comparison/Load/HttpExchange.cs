using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Load;

/// <summary>
/// The smallest HTTP client that measures nothing but the path: one blocking socket, no pool, no parsing beyond the length.
/// </summary>
internal static class HttpExchange
{
    private static readonly byte[] _closeRequest = "GET / HTTP/1.1\r\nHost: pair\r\nConnection: close\r\n\r\n"u8.ToArray();
    private static readonly byte[] _keptRequest = "GET / HTTP/1.1\r\nHost: pair\r\n\r\n"u8.ToArray();

    /// <summary>Connects with Nagle off and a time-out on every call.</summary>
    /// <exception cref="SocketException">Nothing accepts there.</exception>
    public static Socket Connect(IPEndPoint target)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = 10_000,
            SendTimeout = 10_000,
        };
        try
        {
            socket.Connect(target);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One request and its whole reply.</summary>
    /// <returns>False when the connection ended before the reply did.</returns>
    public static bool Exchange(Socket socket, byte[] buffer, bool close)
    {
        socket.Send(close ? _closeRequest : _keptRequest);
        int filled = 0, expected = int.MaxValue;
        while (filled < expected)
        {
            var received = socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            if (received == 0)
            {
                return false;
            }

            filled += received;
            if (expected == int.MaxValue)
            {
                expected = ReplyLength(buffer.AsSpan(0, filled)) ?? int.MaxValue;
            }
        }

        return true;
    }

    /// <summary>One request and its whole reply over a stream; false when the connection ended before the reply did.</summary>
    public static async Task<bool> ExchangeAsync(Stream stream, CancellationToken cancellation)
    {
        await stream.WriteAsync(_keptRequest, cancellation);
        var buffer = new byte[16_384];
        int filled = 0, expected = int.MaxValue;
        while (filled < expected)
        {
            var received = await stream.ReadAsync(buffer.AsMemory(filled), cancellation);
            if (received == 0)
            {
                return false;
            }

            filled += received;
            expected = ReplyLength(buffer.AsSpan(0, filled)) ?? int.MaxValue;
        }

        return true;
    }

    /// <summary>Header and body length of the reply that starts here; null while its header is incomplete.</summary>
    public static int? ReplyLength(ReadOnlySpan<byte> reply)
    {
        var end = reply.IndexOf("\r\n\r\n"u8);
        var field = reply.IndexOf("Content-Length: "u8);
        return end >= 0 && field >= 0 && Utf8Parser.TryParse(reply[(field + "Content-Length: "u8.Length)..], out int length, out _)
            ? end + 4 + length
            : null;
    }
}
