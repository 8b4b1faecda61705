using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Accepts, and never says a word.</summary>
internal sealed class DeafPort : IDisposable
{
    private readonly Socket _listening;
    private readonly List<Socket> _accepted = [];
    private int _count;

    private DeafPort(IPEndPoint address)
    {
        _listening = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _listening.Bind(address);
        _listening.Listen();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listening.LocalEndPoint!).Port;

    public int Accepted => Volatile.Read(ref _count);

    public static DeafPort At(string address, int port) => new(new IPEndPoint(IPAddress.Parse(address), port));

    public void Dispose()
    {
        _listening.Dispose();
        lock (_accepted)
        {
            _accepted.ForEach(socket => socket.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listening.AcceptAsync();
                lock (_accepted)
                {
                    _accepted.Add(socket);
                }

                Interlocked.Increment(ref _count);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
