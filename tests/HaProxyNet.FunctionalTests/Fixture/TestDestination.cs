using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>
/// An agent behind the proxy: a port of its own for as long as the test runs, on which it listens, refuses or does not answer as the test
/// says.
/// </summary>
internal sealed class TestDestination : IDisposable
{
    private const int Backlog = 2048;
    private readonly Socket _reservation;
    private readonly ConcurrentDictionary<TestPeer, bool> _peers = [];
    private readonly List<Socket> _fillers = [];
    private readonly HashSet<EndPoint> _fillerAddresses = [];
    private Socket? _listening;

    private TestDestination(string name)
    {
        Name = name;

        // A bound socket keeps the port: nobody else is given it while nothing listens there, not even as the source of a connection,
        // which could otherwise connect to itself. Next to it a socket that listens may come and go.
        _reservation = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _reservation.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public string Name { get; }

    public IPEndPoint Address => (IPEndPoint)_reservation.LocalEndPoint!;

    /// <summary>What its connections sent and received.</summary>
    public PeerTraffic Traffic { get; } = new();

    /// <summary>Listens.</summary>
    public static TestDestination Listening(string name)
    {
        var destination = new TestDestination(name);
        destination.Listen();
        return destination;
    }

    /// <summary>Answers every connect with RST.</summary>
    public static TestDestination Refusing(string name) => new(name);

    /// <summary>Answers no connect at all: its backlog is full, so that SYNs are dropped.</summary>
    public static async Task<TestDestination> SilentAsync(string name)
    {
        var destination = new TestDestination(name);
        destination.Listen(backlog: 0);
        await destination.FillBacklogAsync();
        return destination;
    }

    /// <summary>Serves each connection with a script that gets it; a reset ends the script without harm.</summary>
    public static TestDestination Serving(string name, Func<TestPeer, Task> script)
    {
        var destination = Listening(name);
        destination.Serve(script);
        return destination;
    }

    /// <summary>Serves an echo until each client's FIN.</summary>
    public static TestDestination Echoing(string name) => Serving(name, Scripts.EchoAsync);

    public void Listen(int backlog = Backlog)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(Address);
        socket.Listen(backlog);
        Volatile.Write(ref _listening, socket);
    }

    /// <summary>A silent destination answers from now on: its backlog has room, and there is no moment in which it refuses.</summary>
    public void MakeRoom() => _listening!.Listen(Backlog);

    /// <summary>
    /// Stops to listen, as a killed process does: from now on connects are refused, and what waited in the backlog is reset.
    /// </summary>
    public void StopListening()
    {
        Interlocked.Exchange(ref _listening, null)?.Dispose();
    }

    /// <summary>Listens again and serves.</summary>
    public void Revive(Func<TestPeer, Task> script)
    {
        Listen();
        Serve(script);
    }

    /// <summary>The next connection; nobody else takes them.</summary>
    public async Task<TestPeer> AcceptAsync()
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        return Adopt(await _listening!.AcceptAsync(bound.Token));
    }

    /// <summary>Accepts all that waits to be accepted, and returns who of them is not one that filled the backlog.</summary>
    public IReadOnlyList<EndPoint> TakeStrangers()
    {
        var strangers = new List<EndPoint>();
        while (_listening!.Poll(0, SelectMode.SelectRead))
        {
            using var accepted = _listening.Accept();
            if (!_fillerAddresses.Contains(accepted.RemoteEndPoint!))
            {
                strangers.Add(accepted.RemoteEndPoint!);
            }
        }

        return strangers;
    }

    public void Serve(Func<TestPeer, Task> script) => _ = ServeAsync(_listening!, script);

    public void Dispose()
    {
        _listening?.Dispose();
        _reservation.Dispose();
        foreach (var peer in _peers.Keys)
        {
            peer.Dispose();
        }

        foreach (var filler in _fillers)
        {
            filler.Dispose();
        }
    }

    private async Task ServeAsync(Socket listening, Func<TestPeer, Task> script)
    {
        try
        {
            while (true)
            {
                _ = RunAsync(Adopt(await listening.AcceptAsync()), script);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // It has stopped to listen.
        }
    }

    private async Task RunAsync(TestPeer peer, Func<TestPeer, Task> script)
    {
        await Scripts.RunAsync(peer, script);
        _peers.TryRemove(peer, out _);
    }

    private TestPeer Adopt(Socket accepted)
    {
        accepted.NoDelay = true;
        Traffic.Opened();
        var peer = new TestPeer(accepted, Traffic);
        _peers.TryAdd(peer, true);
        return peer;
    }

    /// <summary>Connects until a connect is left without an answer; the first one is always answered.</summary>
    private async Task FillBacklogAsync()
    {
        var answered = true;
        while (answered)
        {
            var wait = _fillers.Count == 0 ? Eventually.Bound : TimeSpan.FromMilliseconds(100);
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            filler.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _fillers.Add(filler);
            _fillerAddresses.Add(filler.LocalEndPoint!);
            using var patience = new CancellationTokenSource(wait);
            try
            {
                await filler.ConnectAsync(Address, patience.Token);
            }
            catch (OperationCanceledException)
            {
                answered = false;
            }
        }
    }
}
