using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>
/// A destination ends a connection that was kept after an answer. The next request gets a new one, as long as it has not gone out; one that
/// has is not sent again, and its client sees the same end as it would without a proxy.
/// </summary>
public sealed class KeptConnections : HttpScenario
{
    private const string Answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none";

    private int _connections;
    private int _requests;

    public static TheoryData<TlsStack, string> Methods()
    {
        var data = new TheoryData<TlsStack, string>();
        foreach (var row in new TlsStacks())
        {
            data.Add(row.Data, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            data.Add(row.Data, "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n");
            data.Add(row.Data, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nbody");
        }

        return data;
    }

    /// <summary>It closes as the second request goes out, without a word: the client's connection ends so, too, and in order.</summary>
    [Theory, MemberData(nameof(Methods))]
    public async Task ClosedAsARequestGoesOut_TheClientSeesTheEnd_NothingIsSentAgain(TlsStack stack, string request)
    {
        await StartInFrontOfAsync(stack, async peer =>
        {
            await RequestAsync(peer);
            await peer.SendAsync(Answer);
            await RequestAsync(peer);
        });
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(request);
        Assert.EndsWith("one", await AnswerAsync(client), StringComparison.Ordinal);

        await client.SendAsync(request);

        await client.ExpectFinAsync();
        Assert.Equal((1, 2), (_connections, _requests));
        Assert.Single(Proxy.Log.Events(EventIds.RequestUnanswered));
        Assert.Equal("destination_reset", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>The first request on a connection: the destination has not closed that for being idle.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task FirstRequestIsNotAnswered_502(TlsStack stack)
    {
        await StartInFrontOfAsync(stack, RequestAsync);
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(Get("/"));

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway", await AnswerAsync(client), StringComparison.Ordinal);
        Assert.Equal((1, 1), (_connections, _requests));
    }

    /// <summary>It had begun to answer: that is no connection that was closed for being idle.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task ClosedInTheHeadOfItsAnswer_502(TlsStack stack)
    {
        await StartInFrontOfAsync(stack, async peer =>
        {
            await RequestAsync(peer);
            await peer.SendAsync(Answer);
            await RequestAsync(peer);
            await peer.SendAsync("HTTP/1.1 2");
        });
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(Get("/"));
        await AnswerAsync(client);
        await client.SendAsync(Get("/"));

        Assert.StartsWith("HTTP/1.1 502 Bad Gateway", await AnswerAsync(client), StringComparison.Ordinal);
        Assert.Equal((1, 2), (_connections, _requests));
    }

    /// <summary>The end is there before the request is: it is served on a new connection.</summary>
    [Theory]
    [MemberData(nameof(Ends))]
    public async Task ClosedBeforeTheRequest_IsServedOnANewOne(TlsStack stack, string lastWords)
    {
        var hasClosed = new SemaphoreSlim(0);
        await StartInFrontOfAsync(stack, async peer =>
        {
            await RequestAsync(peer);
            await peer.SendAsync(Answer);
            await peer.SendAsync(lastWords);
            peer.Dispose();
            hasClosed.Release();
        });
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        for (var i = 1; i <= 5; i++)
        {
            await client.SendAsync(Get("/"));
            Assert.EndsWith("one", await AnswerAsync(client), StringComparison.Ordinal);
            Assert.True(await hasClosed.WaitAsync(Eventually.Bound));
            Assert.Equal((i, i), (_connections, _requests));
        }

        Assert.Empty(Proxy.Log.Events(EventIds.RequestUnanswered));
    }

    /// <summary>Nothing, and what some servers say to a client that has been idle for too long.</summary>
    public static TheoryData<TlsStack, string> Ends()
    {
        var data = new TheoryData<TlsStack, string>();
        foreach (var row in new TlsStacks())
        {
            data.Add(row.Data, "");
            data.Add(row.Data, "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        }

        return data;
    }

    private Task<TestProxy> StartInFrontOfAsync(TlsStack stack, Func<TestPeer, Task> script)
    {
        Truth.ClientsSpeakHttp = true;
        return StartAsync(
            stack,
            new ProxySetup { Listener = Terminating(("Protocol", "Http")) },
            TestDestination.Serving("one", peer =>
            {
                Interlocked.Increment(ref _connections);
                return script(peer);
            }));
    }

    /// <summary>Reads one whole request.</summary>
    private async Task RequestAsync(TestPeer peer)
    {
        var text = "";
        while (!text.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            text += await peer.ReadAsync(1);
        }

        await peer.ReadAsync(text.Contains("Content-Length: 4", StringComparison.Ordinal) ? 4 : 0);
        Interlocked.Increment(ref _requests);
    }
}
