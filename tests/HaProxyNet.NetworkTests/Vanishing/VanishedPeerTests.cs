using System.Net.Sockets;
using System.Text;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Vanishing;

/// <summary>
/// A machine loses its power: no FIN, no RST. The other side has its end within UserTimeout, whatever was on its way and whatever is
/// spoken, and an operator can tell whether the agent had the request.
/// </summary>
public sealed class VanishedPeerTests(ITestOutputHelper output)
{
    private const string Greeting = "hello";
    private const string Request = "request!";

    private static readonly int _ofEachKind = Requirement.IsFullForm ? 34 : 4;

    private static readonly TimeSpan _userTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Far more than the user timeout, and far less than the system's quarter of an hour.</summary>
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Agent_VanishesBeforeInAndAfterTheRequest_EveryClientHasItsEnd(string engine)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var proxies = await StartAsync(engine, network, isAgentFar: true);
        (string Before, string After)[] sent = [("", Request), (Request[..4], Request[4..]), (Request, "")];
        var pairs = new List<(WiredPair Pair, string After)>();
        foreach (var proxy in proxies)
        {
            for (var i = 0; i < _ofEachKind * sent.Length; i++)
            {
                var pair = await proxy.ConnectAsync(network.SocketNear());
                var (before, after) = sent[i % sent.Length];
                await PassAsync(pair.Client, pair.Agent, Greeting);
                await PassAsync(pair.Agent, pair.Client, Greeting);
                await PassAsync(pair.Client, pair.Agent, before);
                pairs.Add((pair, after));
            }
        }

        await network.DropAsync([.. proxies.Select(proxy => proxy.AgentPort)]);

        var vanished = TimeProvider.System.GetTimestamp();
        foreach (var (pair, after) in pairs)
        {
            await pair.Client.WriteAsync(Encoding.ASCII.GetBytes(after));
        }

        var ends = await Task.WhenAll(pairs.Select(p => EndsWithResetAsync(p.Pair.Client, vanished)));
        output.WriteLine(
            $"{engine}: {ends.Count(end => end is not null)} of {ends.Length} clients had their end, the last after {ends.Max():g}, "
                + $"UserTimeout {_userTimeout:g}");
        foreach (var proxy in proxies)
        {
            await proxy.Proxy.TerminateAsync();
        }

        pairs.ForEach(p => p.Pair.Dispose());
        Assert.DoesNotContain(null, ends);
        foreach (var proxy in proxies)
        {
            Assert.Equal(_ofEachKind * sent.Length, proxy.Ends.Count);
            Assert.All(proxy.Ends, line => Assert.Equal(("peer_vanished", "destination"), (line["outcome"], line["closed_by"])));
            proxy.Proxy.ExpectCleanLog();
            await proxy.DisposeAsync();
        }

        // Where TLS is on the wire, what is acknowledged is a lower bound.
        var whole = Greeting.Length + Request.Length;
        foreach (var acked in sent.Select(s => Greeting.Length + s.Before.Length))
        {
            var ended = proxies[(int)Wire.Plain].Ends.Where(line => line.Count("acked_in") == acked).ToList();
            Assert.Equal(_ofEachKind, ended.Count);

            // On a busy machine the rest may come to a proxy that has given the agent up.
            Assert.All(ended, line => Assert.InRange(line.Count("bytes_in"), acked, whole));
        }
    }

    [Theory]
    [InlineData(Engines.Reactor, true)]
    [InlineData(Engines.Reactor, false)]
    [InlineData(Engines.Managed, true)]
    [InlineData(Engines.Managed, false)]
    public async Task Client_VanishesInMidReply_ItsDescriptorsAreBack(string engine, bool reads)
    {
        await using var network = await TwoNamespaces.CreateAsync();
        var proxies = await StartAsync(engine, network, isAgentFar: false);
        await Task.WhenAll(proxies.Select(async proxy =>
        {
            var before = proxy.Sockets;
            using var pair = await proxy.ConnectAsync(network.SocketFar());
            await PassAsync(pair.Client, pair.Agent, Request);

            // One that does not read has closed its window by then: nothing is on its way to it, and only the system's questions are
            // left unanswered.
            var replying = ReplyUntilTheEndAsync(pair.Agent);
            _ = reads ? ReadAsync(pair.Client) : Task.CompletedTask;
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1)), replying);
            await network.DropAsync(((System.Net.IPEndPoint)pair.ClientSocket.LocalEndPoint!).Port);
            var vanished = TimeProvider.System.GetTimestamp();

            Assert.True(await replying.WaitAsync(_bound), $"{proxy.Wire}: the agent's connection ends with a reset");
            await Eventually.HoldsAsync(() => proxy.Sockets <= before, () => $"{proxy.Wire}: the descriptors are back");
            output.WriteLine(
                $"{engine}, {proxy.Wire}: descriptors back after {TimeProvider.System.GetElapsedTime(vanished):g}, UserTimeout "
                    + $"{_userTimeout:g}");
            await proxy.Proxy.TerminateAsync();
            var line = Assert.Single(proxy.Ends);
            Assert.Equal(("peer_vanished", "client"), (line["outcome"], line["closed_by"]));
            Assert.InRange(line.Count("acked_out"), 0, line.Count("bytes_out"));
            await proxy.DisposeAsync();
        }));
    }

    private static async Task<WiredProxy[]> StartAsync(string engine, TwoNamespaces network, bool isAgentFar)
        => await Task.WhenAll(
            Enum.GetValues<Wire>().Select(wire => WiredProxy.StartAsync(wire, engine, network, isAgentFar, _userTimeout)));

    /// <summary>Gives a text from one end to the other.</summary>
    private static async Task PassAsync(Stream from, Stream to, string text)
    {
        var buffer = Encoding.ASCII.GetBytes(text);
        await from.WriteAsync(buffer);
        await to.ReadExactlyAsync(buffer).AsTask().WaitAsync(_bound);
    }

    /// <summary>How long after the fault the client was reset; null: its end was another one, or none.</summary>
    private static async Task<TimeSpan?> EndsWithResetAsync(Stream client, long vanished)
    {
        try
        {
            await client.ReadExactlyAsync(new byte[1]).AsTask().WaitAsync(_bound);
            return null;
        }
        catch (Exception end) when (end is IOException or TimeoutException)
        {
            return IsReset(end) ? TimeProvider.System.GetElapsedTime(vanished) : null;
        }
    }

    /// <summary>Sends without an end; true when a reset was one.</summary>
    private static async Task<bool> ReplyUntilTheEndAsync(Stream agent)
    {
        var reply = new byte[64 * 1024];
        try
        {
            while (true)
            {
                await agent.WriteAsync(reply);
            }
        }
        catch (IOException fault)
        {
            return IsReset(fault);
        }
    }

    private static bool IsReset(Exception fault)
        => fault.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown };

    private static async Task ReadAsync(Stream client)
    {
        try
        {
            while (await client.ReadAsync(new byte[64 * 1024]) > 0)
            {
            }
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
