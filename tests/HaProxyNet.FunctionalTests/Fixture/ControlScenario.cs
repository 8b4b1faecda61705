using System.Net.Sockets;
using System.Text;
using HaProxyNet.Server;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>A scenario whose proxy takes commands, as the executable gives them.</summary>
public abstract class ControlScenario : Scenario
{
    private protected ProxySetup Setup => new() { Folder = Folder };

    private protected string SocketPath => ProxyConfiguration.ControlSocket(Folder);

    private protected string StatePath => ProxyConfiguration.StateFile(Folder);

    /// <summary>Runs a command against the proxy.</summary>
    private protected Task<CommandResult> RunAsync(params string[] command) => RunAsync(CancellationToken.None, command);

    private protected async Task<CommandResult> RunAsync(CancellationToken stop, params string[] command)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await CommandTree.InvokeAsync(
            [.. command, "--socket", SocketPath], TextWriter.Synchronized(output), TextWriter.Synchronized(error), stop);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Says something to the control socket, whatever it is, and returns the answer up to the end.</summary>
    private protected async Task<string> SayAsync(ReadOnlyMemory<byte> bytes)
    {
        using var socket = await OpenAsync();
        try
        {
            await socket.SendAsync(bytes);
        }
        catch (SocketException)
        {
            // It has heard enough; what it says about that can still be read.
        }

        return await AnswerAsync(socket);
    }

    private protected async Task<Socket> OpenAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    private protected static async Task<string> AnswerAsync(Socket socket)
    {
        var (text, buffer) = (new StringBuilder(), new byte[4096]);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        try
        {
            while (await socket.ReceiveAsync(buffer, bound.Token) is > 0 and var count)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset)
        {
            // Closed with some of what was said unread.
        }

        return text.ToString();
    }

    /// <summary>
    /// Starts a proxy again in front of the same destinations, as a service manager does; the first one had no connection.
    /// </summary>
    private protected async Task RestartAsync(
        HaProxyNet.Configuration.EngineKind engine,
        ProxySetup setup,
        params TestDestination[] destinations)
    {
        await Proxy.DisposeAsync();
        await StartAtAsync(engine, setup, AddressesOf(destinations));
    }

    /// <summary>A connection that is open on a destination that echoes.</summary>
    private protected async Task<TestPeer> OpenOneAsync()
    {
        var client = await ConnectAsync();
        await client.SendAsync("hello");
        await client.ExpectAsync("hello");
        return client;
    }
}
