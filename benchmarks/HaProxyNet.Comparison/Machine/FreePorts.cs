using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Comparison.Machine;

/// <summary>Ports for listeners, below the range that outgoing connections take theirs from, so that load can never occupy one.</summary>
internal static class FreePorts
{
    private static int _next = 20_000 + (Environment.ProcessId % 400 * 20);

    /// <summary>A port on which nothing listens now.</summary>
    public static int Next()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref _next);
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException) when (port < 32_000)
            {
                // Taken: the next one.
            }
        }
    }
}
