using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>
/// Requests that two readers could understand in two ways, and those that are too large. They end at the proxy: a member sees nothing of
/// them, and nothing of what stands behind them in the same packet.
/// </summary>
public sealed class Malformed : HttpScenario
{
    private const string Smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private static readonly string[] _headersOfTwoMeanings =
    [
        "Content-Length: 4\r\nContent-Length: 5\r\n",
        "Content-Length: 4, 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Content-Length : 4\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Transfer-Encoding: chunked\r\nX-Content-Length: 4\r\n",
        "Transfer-Encoding : chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: cow\r\n",
        "X: a\r\n Transfer-Encoding: chunked\r\n",
        "X: a\rTransfer-Encoding: chunked\r\n",
        "X: a\0b\r\n",
        "Host: b\r\n",
    ];

    private static readonly (string Status, string Head)[] _badFirstLines =
    [
        ("400", "POST / HTTP/1.1\r\n\r\n"),
        ("400", "POST  / HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("400", "POST / HTTP/1.1 \r\nHost: a\r\n\r\n"),
        ("505", "POST / HTTP/1.2\r\nHost: a\r\n\r\n"),
    ];

    /// <summary>The member may have had the head already when the chunk is read.</summary>
    private static readonly string[] _chunksOfTwoMeanings =
    [
        "0x4\r\nbody\r\n0\r\n\r\n",
        "-4\r\nbody\r\n0\r\n\r\n",
        "4\nbody\r\n0\r\n\r\n",
        "4;a\nb\r\nbody\r\n0\r\n\r\n",
        "4\r\nbodyXX0\r\n\r\n",
        "FFFFFFFFFFFFFFFFF\r\nbody\r\n0\r\n\r\n",
    ];

    [Fact]
    public async Task Headers_OfTwoMeanings_400_AndNothingReachesAMember()
    {
        await StartAsync(TlsStack.Managed);
        foreach (var headers in _headersOfTwoMeanings)
        {
            await IsRefusedAsync("400", $"POST / HTTP/1.1\r\nHost: a\r\n{headers}\r\n0\r\n\r\n{Smuggled}");
        }
    }

    /// <summary>Kestrel stumbles over this one: the connection ends, and no client can fill the log with it.</summary>
    [Fact]
    public async Task Headers_ThatKestrelCannotTell_EndTheConnectionWithoutALine()
    {
        await StartAsync(TlsStack.Managed);
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(
            $"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-Content-Length: 4\r\nContent-Length: 4\r\n\r\n{Smuggled}");

        Assert.Equal("", (await client.ReadToEndAsync()).Data);
        Assert.Empty(Members[0].Requests);
        Assert.DoesNotContain(Proxy.Log.Entries, entry => entry.Fault is not null);
    }

    [Fact]
    public async Task FirstLine_ThatIsNone_IsRefused()
    {
        await StartAsync(TlsStack.Managed);
        foreach (var (status, head) in _badFirstLines)
        {
            await IsRefusedAsync(status, head + Smuggled);
        }
    }

    [Fact]
    public async Task TooLarge_IsRefused()
    {
        await StartAsync(TlsStack.Managed);
        await IsRefusedAsync("431", $"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('x', 140_000)}\r\n\r\n");
        var lines = string.Concat(Enumerable.Range(0, 200).Select(i => $"X{i}: x\r\n"));
        await IsRefusedAsync("431", $"GET / HTTP/1.1\r\nHost: a\r\n{lines}\r\n");
        await IsRefusedAsync("414", $"GET /{new string('x', 33_000)} HTTP/1.1\r\nHost: a\r\n\r\n");
    }

    /// <summary>A login by SAML has an address of many kilobytes, and Kerberos a header of some.</summary>
    [Fact]
    public async Task LargeButAllowed_Arrives()
    {
        await StartAsync(TlsStack.Managed);
        var client = await SendAsync(
            $"GET /{new string('x', 30_000)} HTTP/1.1\r\nHost: a\r\nAuthorization: Negotiate {new string('x', 20_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200 OK", await AnswerAsync(client), StringComparison.Ordinal);
    }

    /// <summary>A body in chunks is read by one reader, and given on as that one has understood it.</summary>
    [Theory]
    [InlineData("4;name=value\r\nbody\r\n0\r\n\r\n")]
    [InlineData("2\r\nbo\r\n2\r\ndy\r\n0\r\nTrailer: x\r\n\r\n")]
    public async Task Chunks_OfOneMeaning_Arrive(string body)
    {
        await StartAsync(TlsStack.Managed);
        var client = await SendAsync($"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body}");
        Assert.Contains("body", await AnswerAsync(client), StringComparison.Ordinal);
        Assert.Equal(["/echo"], Members[0].Requests);
    }

    [Fact]
    public async Task Chunks_OfTwoMeanings_EndTheRequest_AndNothingBehindItIsOne()
    {
        await StartAsync(TlsStack.Managed);
        foreach (var body in _chunksOfTwoMeanings)
        {
            var client = await TlsPeer.ClientAsync(await ConnectAsync());
            await client.SendAsync($"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Smuggled}");

            var (answer, _) = await client.ReadToEndAsync();

            Assert.True(!answer.Contains("smuggled", StringComparison.Ordinal) && answer.Split("HTTP/1.1 ").Length <= 2, body + answer);
        }

        Assert.All(Members[0].Requests, target => Assert.Equal("/echo", target));
    }

    private async Task IsRefusedAsync(string status, string request)
    {
        var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync(request);

        var answer = await AnswerAsync(client);
        await client.ReadToEndAsync();

        Assert.True(
            answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{request[..Math.Min(200, request.Length)]}\n{answer}");
        Assert.Empty(Members[0].Requests);
    }
}
