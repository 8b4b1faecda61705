using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.StressTests.Serving;

/// <summary>A port of its own on which it listens, and can stop to listen; each connection is played by a script.</summary>
internal sealed class StressDestination : IDisposable
{
    private readonly Func<Socket, Task> _play;
    private readonly ConcurrentDictionary<Task, bool> _playing = [];

    // A bound socket keeps the port while nothing listens there: nobody else gets it, not even as the source of a connection.
    private readonly Socket _reservation = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private Socket? _listening;

    public StressDestination(Func<Socket, Task> play)
    {
        _play = play;
        _reservation.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Listen();
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => (IPEndPoint)_reservation.LocalEndPoint!;

    /// <summary>All that it accepted has been played.</summary>
    public Task Played => Task.WhenAll(_playing.Keys);

    /// <summary>Listens, and plays what it accepts.</summary>
    public void Listen()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(Address);
        socket.Listen(2048);
        _listening = socket;
        _ = AcceptAsync(socket);
    }

    /// <summary>Stops to listen: connects are refused, and what waited in the backlog is reset.</summary>
    public void StopListening() => Interlocked.Exchange(ref _listening, null)?.Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        StopListening();
        _reservation.Dispose();
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (true)
        {
            Socket socket;
            try
            {
                socket = await listening.AcceptAsync();
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                return;
            }

            var playing = _play(socket);
            _playing.TryAdd(playing, true);
            _ = playing.ContinueWith(done => _playing.TryRemove(done, out _), TaskScheduler.Default);
        }
    }
}
