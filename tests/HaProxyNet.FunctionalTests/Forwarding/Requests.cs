using System.Net;
using System.Net.WebSockets;
using System.Text;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>What a listener with Protocol Http makes of requests and answers.</summary>
public sealed class Requests : HttpScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task Headers_SayWhoTheClientIs_WhatItClaimedIsReplaced(TlsStack stack)
    {
        await StartAsync(stack);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/headers");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "6.6.6.6");
        request.Headers.TryAddWithoutValidation("x-forwarded-user", "root");
        request.Headers.TryAddWithoutValidation("Forwarded", "for=6.6.6.6");
        request.Headers.TryAddWithoutValidation("X-Own", "kept");

        using var response = await NewClient().SendAsync(request);
        var headers = (await response.Content.ReadAsStringAsync()).Split('\n').Order().ToList();

        Assert.Equal(
            [
                $"Host: {TestCertificates.FrontName}", "X-Forwarded-For: 127.0.0.1", $"X-Forwarded-Host: {TestCertificates.FrontName}",
                "X-Forwarded-Proto: https", "X-Own: kept",
            ],
            headers);
    }

    /// <summary>As docs/http.md says; a client that speaks HTTP/2 alone is not served.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task ClientOffersHttp2_SpeaksHttp11(TlsStack stack)
    {
        await StartAsync(stack);
        using var either = Http2(HttpVersionPolicy.RequestVersionOrLower);
        using var response = await NewClient().SendAsync(either);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version11), (response.StatusCode, response.Version));

        using var only = Http2(HttpVersionPolicy.RequestVersionExact);
        await Assert.ThrowsAsync<HttpRequestException>(() => NewClient().SendAsync(only));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Target_ArrivesLetterByLetter(TlsStack stack)
    {
        const string Target = "/a%2Fb/%7Ec/../d?x=%41&y=a+b";
        await StartAsync(stack);
        using var client = await TlsPeer.ClientAsync(await ConnectAsync());
        await client.SendAsync($"GET {Target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 OK", (await client.ReadToEndAsync()).Data);
        Assert.Equal(Target, Assert.Single(Members[0].Requests));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Body_OfMegabytes_ComesBackUnchanged(TlsStack stack)
    {
        await StartAsync(stack);
        var body = new byte[3_000_000];
        new Random(7).NextBytes(body);
        var client = NewClient();
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.PostAsync(new Uri("/echo", UriKind.Relative), new ByteArrayContent(body));
            Assert.Equal(body, await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory, ClassData<TlsStacks>]
    public async Task WebSocket_EchoesUntilItIsClosed(TlsStack stack)
    {
        await StartAsync(stack);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"wss://{TestCertificates.FrontName}/socket"), NewClient(), CancellationToken.None);
        var buffer = new byte[64];
        foreach (var word in (string[])["first", "second"])
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(word), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            var answer = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal(word, Encoding.UTF8.GetString(buffer, 0, answer.Count));
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.Equal("completed", (await Proxy.LineAsync()).Outcome);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task ClientGoesInARequest_TheMemberIsTold(TlsStack stack)
    {
        await StartAsync(stack);
        using (var client = await TlsPeer.ClientAsync(await ConnectAsync()))
        {
            await client.SendAsync("GET /never HTTP/1.1\r\nHost: a\r\n\r\n");
            await Eventually.TrueAsync(() => Members[0].Requests.Count == 1, "the request has come");
        }

        await Eventually.TrueAsync(() => Members[0].Cancelled == 1, "the member's request was cancelled");
        Assert.Equal("client_reset", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>A request that a member has seen is not given to another one, whatever becomes of it.</summary>
    [Theory, ClassData<TlsStacks>]
    public async Task MemberFallsInARequest_502_NeverSentAgain(TlsStack stack)
    {
        await StartAsync(stack);
        var client = NewClient();
        using var content = new ByteArrayContent(new byte[100_000]);
        using var first = await client.PostAsync(new Uri("/fall", UriKind.Relative), content);
        using var second = await client.DeleteAsync(new Uri("/fall", UriKind.Relative));
        Assert.Equal("one", await AskAsync(client));

        foreach (var answer in (HttpResponseMessage[])[first, second])
        {
            Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
            Assert.Contains("did not answer this request to its end", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(["/fall", "/fall", "/who"], Members[0].Requests);
        Assert.Empty(Members[1].Requests);
    }

    [Theory, ClassData<TlsStacks>]
    public async Task MemberFallsInItsAnswer_TheClientSeesThatItIsCut(TlsStack stack)
    {
        await StartAsync(stack);
        await Assert.ThrowsAsync<HttpRequestException>(() => NewClient().GetStringAsync(new Uri("/half", UriKind.Relative)));
        Assert.Equal("destination_reset", (await Proxy.LineAsync()).Outcome);
    }

    private static HttpRequestMessage Http2(HttpVersionPolicy policy)
        => new(HttpMethod.Get, "/headers") { Version = HttpVersion.Version20, VersionPolicy = policy };
}
