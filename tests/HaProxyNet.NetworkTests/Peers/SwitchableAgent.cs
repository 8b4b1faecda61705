using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A destination in the test's process that echoes; it can stop to listen and begin again on the same port.</summary>
internal sealed class SwitchableAgent : IDisposable
{
    private readonly int _port = FreePorts.Next();
    private Socket? _listener;

    public SwitchableAgent() => Start();

    public string Address => $"127.0.0.1:{_port}";

    public void Start()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _listener.Listen(512);
        _ = AcceptAsync(_listener);
    }

    /// <summary>From now on connects are refused.</summary>
    public void Stop() => Interlocked.Exchange(ref _listener, null)?.Dispose();

    public void Dispose() => Stop();

    private static async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It has stopped to listen.
        }
    }

    private static async Task EchoAsync(Socket client)
    {
        using var owned = client;
        var buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer) is > 0 and var count)
            {
                await client.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (SocketException)
        {
            // A probe resets.
        }
    }
}
