using System.Text;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Vanishing;

/// <summary>A client that does something else for longer than the user timeout has its whole reply when it reads on.</summary>
public sealed class SlowReaderTests
{
    /// <summary>More than a client that does not read has room for.</summary>
    private const int ReplyLength = 8 * 1024 * 1024;

    private static readonly TimeSpan _userTimeout = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Client_LivesAndReadsNothingForLonger_IsNotCut(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        await using var proxy = await WiredProxy.StartAsync(Wire.Plain, engine, network, isAgentFar: false, _userTimeout);
        var socket = network.SocketFar();
        socket.ReceiveBufferSize = 16 * 1024;
        using var pair = await proxy.ConnectAsync(socket);
        await pair.Client.WriteAsync(Encoding.ASCII.GetBytes("request!"));

        var replying = ReplyAsync(pair.Agent);
        await Task.Delay((2 * _userTimeout) + TimeSpan.FromSeconds(1));
        Assert.Empty(proxy.Ends);
        var (count, buffer) = (0L, new byte[64 * 1024]);
        while (await pair.Client.ReadAsync(buffer).AsTask().WaitAsync(_bound) is > 0 and var some)
        {
            count += some;
        }

        pair.ClientSocket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        await replying.WaitAsync(_bound);
        await proxy.Proxy.IsIdleAsync();
        await proxy.Proxy.TerminateAsync();
        Assert.Equal(ReplyLength, count);
        Assert.Equal("completed", Assert.Single(proxy.Ends)["outcome"]);
    }

    private static async Task ReplyAsync(Stream agent)
    {
        var reply = new byte[64 * 1024];
        for (var sent = 0; sent < ReplyLength; sent += reply.Length)
        {
            await agent.WriteAsync(reply);
        }

        await agent.ReadExactlyAsync(new byte["request!".Length]);
        agent.Close();
    }
}
