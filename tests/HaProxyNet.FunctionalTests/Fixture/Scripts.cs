using System.Net.Sockets;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>What destinations do with their connections.</summary>
internal static class Scripts
{
    /// <summary>Runs a script; a connection that is reset (a probe's is) just ends it.</summary>
    public static async Task RunAsync(TestPeer peer, Func<TestPeer, Task> script)
    {
        try
        {
            await script(peer);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The connection has ended.
        }
        finally
        {
            peer.Dispose();
        }
    }

    /// <summary>Sends back what comes, until FIN.</summary>
    public static async Task EchoAsync(TestPeer peer)
    {
        var buffer = new byte[16 * 1024];
        while (await peer.ReceiveAsync(buffer) is > 0 and var count)
        {
            await peer.SendAsync(buffer.AsMemory(0, count));
        }
    }

    /// <summary>Answers each request of one line of four characters with its own name of four characters, and closes: an RPC.</summary>
    public static Func<TestPeer, Task> AnswerAsync(string answer) => async peer =>
    {
        await peer.ReadAsync(Request.Length);
        await peer.SendAsync(answer);
    };

    public const string Request = "ping";
}
