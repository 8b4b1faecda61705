using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>Ports of 127.0.0.1 that nobody listens on.</summary>
internal static class FreePorts
{
    // Below what Linux gives to outgoing connections (32768 and up): one of those could take a port before its listener does.
    private const int First = 12_000;
    private const int End = 32_000;

    private static readonly HashSet<int> _given = [];

    public static int Next()
    {
        lock (_given)
        {
            for (var attempt = 0; attempt < 1_000; attempt++)
            {
                var port = Random.Shared.Next(First, End);
                if (IsFree(port) && _given.Add(port))
                {
                    return port;
                }
            }
        }

        throw new InvalidOperationException($"No free port between {First} and {End} on 127.0.0.1.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
