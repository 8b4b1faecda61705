using System.Net;
using System.Net.Sockets;
using HaProxyNet.Comparison.Machine;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>Two destinations that answer a byte with a byte, or that refuse; the primary can stop listening, and begin again.</summary>
internal sealed class BytePair : IBackend
{
    private const int Backlog = 4096;
    private Socket? _primary;
    private readonly Socket? _secondary;

    public BytePair(bool listens)
    {
        (Primary, Secondary) = (new(IPAddress.Loopback, FreePorts.Next()), new(IPAddress.Loopback, FreePorts.Next()));
        if (listens)
        {
            (_primary, _secondary) = (Listen(Primary), Listen(Secondary));
        }
    }

    /// <inheritdoc/>
    public IPEndPoint Primary { get; }

    /// <inheritdoc/>
    public IPEndPoint Secondary { get; }

    /// <summary>The primary refuses from here on.</summary>
    public void StopPrimary() => _primary?.Dispose();

    /// <summary>It accepts again.</summary>
    public void StartPrimary() => _primary = Listen(Primary);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _primary?.Dispose();
        _secondary?.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Socket Listen(IPEndPoint endpoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endpoint);
        socket.Listen(Backlog);
        new Thread(() => Answer(socket)) { IsBackground = true }.Start();
        return socket;
    }

    private static void Answer(Socket socket)
    {
        var buffer = new byte[1];
        try
        {
            while (true)
            {
                using var client = socket.Accept();
                if (client.Receive(buffer) > 0)
                {
                    client.Send(buffer);
                }
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It does not listen any more.
        }
    }
}
