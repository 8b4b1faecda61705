using System.Buffers.Binary;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Failover;

/// <summary>
/// The exchange of the failover work: 16 bytes with an id there, 16 bytes with the id and the agent's number back, then the client closes.
/// </summary>
internal static class Rpc
{
    /// <summary>Length of a message, either way.</summary>
    public const int MessageBytes = 16;

    /// <summary>Writes a message.</summary>
    public static byte[] Encode(long id, long agent)
    {
        var message = new byte[MessageBytes];
        BinaryPrimitives.WriteInt64BigEndian(message, id);
        BinaryPrimitives.WriteInt64BigEndian(message.AsSpan(8), agent);
        return message;
    }

    /// <summary>Reads a message.</summary>
    public static (long Id, long Agent) Decode(ReadOnlySpan<byte> message) =>
        (BinaryPrimitives.ReadInt64BigEndian(message), BinaryPrimitives.ReadInt64BigEndian(message[8..]));

    /// <summary>Receives a whole message; null when the other side ended first.</summary>
    public static async Task<(long Id, long Agent)?> ReceiveAsync(Socket socket, CancellationToken cancellation)
    {
        var message = new byte[MessageBytes];
        for (var filled = 0; filled < MessageBytes;)
        {
            var received = await socket.ReceiveAsync(message.AsMemory(filled), SocketFlags.None, cancellation);
            if (received == 0)
            {
                return null;
            }

            filled += received;
        }

        return Decode(message);
    }
}
