using System.Net.Sockets;
using HaProxyNet.StressTests.Living;

namespace HaProxyNet.StressTests.Serving;

/// <summary>What a destination reads before it knows whom it serves.</summary>
internal static class AnonymousPeer
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    /// <summary>Fills the buffer; <see cref="SeenEnd.None"/> when it is full.</summary>
    public static async Task<SeenEnd> ReadAsync(Socket socket, Memory<byte> buffer)
    {
        using var bound = new CancellationTokenSource(_bound);
        try
        {
            while (buffer.Length > 0)
            {
                var count = await socket.ReceiveAsync(buffer, SocketFlags.None, bound.Token);
                if (count == 0)
                {
                    return SeenEnd.Fin;
                }

                buffer = buffer[count..];
            }

            return SeenEnd.None;
        }
        catch (OperationCanceledException)
        {
            return SeenEnd.Hung;
        }
        catch (SocketException)
        {
            return SeenEnd.Reset;
        }
    }
}
