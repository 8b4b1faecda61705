using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Tests.Health.Methods;

/// <summary>A server on loopback that does with each connection what the test says, and knows how each one ended.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listening = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Func<NetworkStream, Task> _script;
    private int _accepted;

    public ScriptedServer(Func<NetworkStream, Task> script)
    {
        _script = script;
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen();
        _ = ServeAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listening.LocalEndPoint!;

    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>What each script ended with.</summary>
    public TaskCompletionSource<Exception?> FirstEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _listening.Dispose();

    /// <summary>Reads until the client's FIN.</summary>
    public static async Task ReadToEndAsync(Stream stream)
    {
        var buffer = new byte[1024];
        while (await stream.ReadAsync(buffer) > 0)
        {
            // Whatever it says.
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listening.AcceptAsync();
                Interlocked.Increment(ref _accepted);
                _ = RunAsync(socket);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RunAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await _script(stream);
            FirstEnd.TrySetResult(null);
        }
        catch (Exception fault)
        {
            FirstEnd.TrySetResult(fault);
        }
    }
}
