using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A destination in the test's process: sends back what it gets, and its FIN after the client's.</summary>
internal sealed class EchoServer : IDisposable
{
    private const int Backlog = 4_096;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public EchoServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(Backlog);
        Address = _listener.LocalEndPoint!.ToString()!;
        _ = AcceptAsync();
    }

    public string Address { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await _listener.AcceptAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private static async Task EchoAsync(Socket client)
    {
        using var owned = client;
        var buffer = new byte[4_096];
        try
        {
            while (await client.ReceiveAsync(buffer) is > 0 and var count)
            {
                await client.SendAsync(buffer.AsMemory(0, count));
            }

            client.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Reset: what hostile clients do.
        }
    }
}
