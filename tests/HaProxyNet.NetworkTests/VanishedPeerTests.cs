using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// A machine loses its power: no FIN, no RST. The other side has its end within UserTimeout, whatever was on its way, and an operator can
/// tell whether the agent had the request.
/// </summary>
public sealed class VanishedPeerTests
{
    private const int OfEachKind = 10;

    /// <summary>More than a client that does not read has room for.</summary>
    private const long ReplyLength = 8L * 1024 * 1024;

    private const string Greeting = "hello";
    private const string Request = "request!";

    private static readonly TimeSpan _userTimeout = TimeSpan.FromSeconds(4);

    /// <summary>Far more than the user timeout, and far less than the system's quarter of an hour.</summary>
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Agent_VanishesBeforeInAndAfterTheRequest_EveryClientHasItsEnd(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        using var agent = network.SocketFar();
        agent.Bind(new IPEndPoint(IPAddress.Parse(TwoNamespaces.FarAddress), 5050));
        agent.Listen(512);
        await using var proxy = await StartAsync(engine, network, ("primary", $"{TwoNamespaces.FarAddress}:5050"), "127.0.0.1");

        var sent = new[] { (Before: "", After: Request), (Before: Request[..4], After: Request[4..]), (Before: Request, After: "") };
        var clients = new List<(Socket Client, string After)>();
        var agents = new List<Socket>();
        for (var i = 0; i < OfEachKind * sent.Length; i++)
        {
            var client = network.SocketNear();
            await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, proxy.Port), TestContext.Current.CancellationToken);
            var atAgent = await agent.AcceptAsync(TestContext.Current.CancellationToken);
            var (before, after) = sent[i % sent.Length];
            await PassAsync(client, atAgent, Greeting);
            await PassAsync(atAgent, client, Greeting);
            await PassAsync(client, atAgent, before);
            clients.Add((client, after));
            agents.Add(atAgent);
        }

        await network.DropAsync(5050);
        foreach (var (client, after) in clients)
        {
            await client.SendAsync(System.Text.Encoding.ASCII.GetBytes(after), TestContext.Current.CancellationToken);
        }

        var ends = await Task.WhenAll(clients.Select(c => EndsWithResetAsync(c.Client)));
        await proxy.TerminateAsync();
        agents.ForEach(a => a.Dispose());
        clients.ForEach(c => c.Client.Dispose());

        Assert.All(ends, Assert.True);
        var lines = Pairs.In(proxy.Lines, "outcome");
        Assert.Equal(OfEachKind * sent.Length, lines.Count);
        Assert.All(lines, line => Assert.Equal(("peer_vanished", "destination"), (line["outcome"], line["closed_by"])));
        var whole = Greeting.Length + Request.Length;
        foreach (var acked in sent.Select(s => Greeting.Length + s.Before.Length))
        {
            Assert.Equal(OfEachKind, lines.Count(line => line.Count("bytes_in") == whole && line.Count("acked_in") == acked));
        }

        proxy.ExpectCleanLog();
    }

    [Theory]
    [InlineData(Engines.Reactor, true)]
    [InlineData(Engines.Reactor, false)]
    [InlineData(Engines.Managed, true)]
    [InlineData(Engines.Managed, false)]
    public async Task Client_VanishesInMidReply_ItsDescriptorsAreBack(string engine, bool reads)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        using var agent = network.SocketNear();
        agent.Bind(new IPEndPoint(IPAddress.Loopback, 5050));
        agent.Listen(16);
        await using var proxy = await StartAsync(engine, network, ("primary", "127.0.0.1:5050"), TwoNamespaces.NearAddress);
        using var client = network.SocketFar();
        await client.ConnectAsync(
            new IPEndPoint(IPAddress.Parse(TwoNamespaces.NearAddress), proxy.Port), TestContext.Current.CancellationToken);
        using var atAgent = await agent.AcceptAsync(TestContext.Current.CancellationToken);
        await PassAsync(client, atAgent, Request);

        // One that does not read has closed its window by then: nothing is on its way to it, and only the system's questions are left
        // unanswered.
        var replying = ReplyUntilTheEndAsync(atAgent);
        var reading = reads ? ReadAsync(client) : Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        await Task.WhenAny(reading, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        await network.DropAsync(((IPEndPoint)client.LocalEndPoint!).Port);

        Assert.True(await replying.WaitAsync(_bound, TestContext.Current.CancellationToken));
        await proxy.IsIdleAsync();
        await proxy.TerminateAsync();
        var line = Assert.Single(Pairs.In(proxy.Lines, "outcome"));
        Assert.Equal(("peer_vanished", "client"), (line["outcome"], line["closed_by"]));
        Assert.InRange(line.Count("acked_out"), 0, line.Count("bytes_out"));
    }

    /// <summary>A client that does something else for longer than the user timeout has its whole reply when it reads on.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Client_LivesAndReadsNothingForLonger_IsNotCut(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        using var agent = network.SocketNear();
        agent.Bind(new IPEndPoint(IPAddress.Loopback, 5050));
        agent.Listen(16);
        await using var proxy = await StartAsync(engine, network, ("primary", "127.0.0.1:5050"), TwoNamespaces.NearAddress);
        using var client = network.SocketFar();
        client.ReceiveBufferSize = 16 * 1024;
        var address = new IPEndPoint(IPAddress.Parse(TwoNamespaces.NearAddress), proxy.Port);
        await client.ConnectAsync(address, TestContext.Current.CancellationToken);
        var atAgent = await agent.AcceptAsync(TestContext.Current.CancellationToken);
        await PassAsync(client, atAgent, Request);

        var replying = ReplyAsync(atAgent);
        await Task.Delay(2 * _userTimeout + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(proxy.Lines, line => line.Contains("outcome=", StringComparison.Ordinal));
        var (count, buffer) = (0L, new byte[64 * 1024]);
        while (await client.ReceiveAsync(buffer, TestContext.Current.CancellationToken).AsTask().WaitAsync(_bound) is > 0 and var some)
        {
            count += some;
        }

        client.Shutdown(SocketShutdown.Send);
        await replying.WaitAsync(_bound, TestContext.Current.CancellationToken);
        await proxy.IsIdleAsync();
        await proxy.TerminateAsync();
        Assert.Equal(ReplyLength, count);
        Assert.Equal("completed", Assert.Single(Pairs.In(proxy.Lines, "outcome"))["outcome"]);
    }

    private static Task<ProxyProcess> StartAsync(
        string engine, TwoNamespaces network, (string Name, string Address) destination, string listenAddress)
        => ProxyProcess.StartAsync(new(engine, destination)
        {
            UserTimeout = _userTimeout,
            ListenAddress = listenAddress,
            LogsConnections = true,
            Prefix = network.Near,
            Fetch = [.. network.Near, Requirement.Command("curl"), "-sf", "--max-time", "30"],
        });

    /// <summary>Gives a text from one end to the other.</summary>
    private static async Task PassAsync(Socket from, Socket to, string text)
    {
        var buffer = System.Text.Encoding.ASCII.GetBytes(text);
        await from.SendAsync(buffer, TestContext.Current.CancellationToken);
        for (var at = 0; at < buffer.Length;)
        {
            at += await to.ReceiveAsync(buffer.AsMemory(at), TestContext.Current.CancellationToken).AsTask().WaitAsync(_bound);
        }
    }

    private static async Task<bool> EndsWithResetAsync(Socket client)
    {
        try
        {
            return await client.ReceiveAsync(new byte[1]).WaitAsync(_bound) < 0;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode is SocketError.ConnectionReset;
        }
    }

    /// <summary>Sends without an end; true when a reset was one.</summary>
    private static async Task<bool> ReplyUntilTheEndAsync(Socket agent)
    {
        var reply = new byte[64 * 1024];
        try
        {
            while (true)
            {
                await agent.SendAsync(reply);
            }
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown;
        }
    }

    private static async Task ReplyAsync(Socket agent)
    {
        var reply = new byte[64 * 1024];
        for (var sent = 0L; sent < ReplyLength; sent += reply.Length)
        {
            await agent.SendAsync(reply);
        }

        agent.Dispose();
    }

    private static async Task ReadAsync(Socket client)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await client.ReceiveAsync(buffer) > 0)
            {
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
