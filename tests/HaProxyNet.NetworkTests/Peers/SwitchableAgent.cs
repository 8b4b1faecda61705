using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A destination in the test's process that echoes; it can stop to listen and begin again on the same port.</summary>
internal sealed class SwitchableAgent : IDisposable
{
    private readonly int _port = FreePorts.Next();
    private readonly List<Socket> _fillers = [];
    private Socket? _listener;
    private volatile bool _resetsCalls;

    public SwitchableAgent() => Start();

    public string Address => $"127.0.0.1:{_port}";

    /// <summary>Resets each connection when its first bytes have come.</summary>
    public bool ResetsCalls
    {
        get => _resetsCalls;
        set => _resetsCalls = value;
    }

    public void Start()
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _listener.Listen(512);
        _ = AcceptAsync(_listener);
    }

    /// <summary>From now on connects are refused.</summary>
    public void Stop()
    {
        Interlocked.Exchange(ref _listener, null)?.Dispose();
        _fillers.ForEach(filler => filler.Dispose());
        _fillers.Clear();
    }

    /// <summary>From now on connects are not answered: its backlog is full, so that SYNs are dropped.</summary>
    public async Task FallSilentAsync()
    {
        Stop();
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, _port));
        _listener.Listen(backlog: 0);
        for (var isAnswered = true; isAnswered;)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _fillers.Add(filler);
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            try
            {
                await filler.ConnectAsync(IPAddress.Loopback, _port, patience.Token);
            }
            catch (OperationCanceledException)
            {
                isAnswered = false;
            }
        }
    }

    public void Dispose() => Stop();

    private async Task AcceptAsync(Socket listener)
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptAsync());
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It has stopped to listen.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var owned = client;
        var buffer = new byte[4096];
        try
        {
            while (await client.ReceiveAsync(buffer) is > 0 and var count)
            {
                if (_resetsCalls)
                {
                    client.Close(timeout: 0);
                    return;
                }

                await client.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (SocketException)
        {
            // A probe resets.
        }
    }
}
