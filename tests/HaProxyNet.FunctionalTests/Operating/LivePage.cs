using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Management.Page;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>
/// The live page: its files, what they may do, and the stream of events behind them. A browser looks at it in the network tests.
/// </summary>
public sealed partial class LivePage : ControlScenario
{
    private const int MostBytes = 150 * 1024;

    private static readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private static readonly string[] _files = ["/", "/page/page.css", "/page/page.js", "/page/icon.svg"];

    [Fact]
    public async Task Files_TakeNothingFromElsewhereAndLittleRoom()
    {
        await StartAsync(EngineKind.Managed, TestDestination.Echoing("primary"));
        var size = 0;
        foreach (var file in _files)
        {
            using var answer = await _http.GetAsync(new Uri(Proxy.Admin, file));
            var text = await answer.Content.ReadAsStringAsync();
            size += text.Length;

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
            Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.DoesNotContain(
                "://", text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotMatch(Inline(), text);
        }

        Assert.InRange(size, 1, MostBytes);
    }

    [Fact]
    public async Task Files_AskedByHead_HaveALengthAndNoBody()
    {
        await StartAsync(EngineKind.Managed, TestDestination.Echoing("primary"));
        foreach (var file in _files)
        {
            using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(Proxy.Admin, file));
            using var answer = await _http.SendAsync(request);

            Assert.True(answer.Content.Headers.ContentLength > 0);
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Theory, ClassData<Engines>]
    public async Task Failover_IsSentAtOnce(EngineKind engine)
    {
        await StartAsync(engine, Setup with
        {
            DownInterval = TimeSpan.FromHours(1),
        }, TestDestination.Refusing("primary"), TestDestination.Echoing("secondary"));
        using var page = await OpenPageAsync();
        await ReadAsync(page, "state", s => Words(s) == "New connections go to primary.");
        await ReadAsync(page, "timeline", t =>
            t.GetProperty("clusters").GetArrayLength() == 0 || t.GetProperty("clusters")[0].GetProperty("marks").GetArrayLength() == 0);

        await EchoCallAsync();

        using var state =
            await ReadAsync(page, "state", s => Words(s).StartsWith("New connections go to secondary", StringComparison.Ordinal));
        Assert.Equal(
            "New connections go to secondary, because primary is down: it refuses connections (nothing listens on its port).",
            Words(state.RootElement));
        Assert.Equal(
            "haproxynet doctor",
            state.RootElement.GetProperty("words")[0].GetProperty("destinations")[0].GetProperty("command").GetString());
        Assert.Equal("failover", state.RootElement.GetProperty("events")[0].GetProperty("kind").GetString());
        using var timeline = await ReadAsync(page, "timeline", t => t.GetProperty("clusters").EnumerateArray().Any(c =>
            c.GetProperty("spans").EnumerateArray().Any(s => Active(s) == "secondary")));
        Assert.Contains(
            timeline.RootElement.GetProperty("clusters")[0].GetProperty("marks").EnumerateArray(),
            m => m.GetProperty("kind").GetString() == "failover");
    }

    [Fact]
    public async Task Pages_AreBoundedAndALeftOneMakesRoom()
    {
        await StartAsync(EngineKind.Managed, TestDestination.Echoing("primary"));
        var pages = new List<StreamReader>();
        for (var i = 0; i < PageFeed.Most; i++)
        {
            pages.Add(await OpenPageAsync());
        }

        using (var refused = await _http.GetAsync(new Uri(Proxy.Admin, "/page/events")))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        foreach (var page in pages)
        {
            await ReadAsync(page, "state", _ => true);
            page.Dispose();
        }

        await Eventually.TrueAsync(() => Feed.Count == 0, "the proxy has seen that they are gone");
        using var next = await OpenPageAsync();
        await ReadAsync(next, "state", _ => true);
    }

    /// <summary>It holds no memory for what it does not take, and its place is free after a while.</summary>
    [Fact]
    public async Task Browser_NeverReads_IsLetGo()
    {
        await StartAsync(EngineKind.Managed, TestDestination.Echoing("primary"));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 2048 };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, Proxy.Admin.Port));
        await socket.SendAsync("GET /page/events HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray());
        await Eventually.TrueAsync(() => Feed.Count == 1, "it is a page");
        using var stop = new CancellationTokenSource();
        var flood = FloodAsync(stop.Token);

        await Eventually.TrueAsync(() => Feed.Count == 0, "it is let go");
        await stop.CancelAsync();
        await flood;
    }

    [Fact]
    public async Task Stop_WithAnOpenPage_DoesNotWaitForIt()
    {
        await StartAsync(EngineKind.Managed, TestDestination.Echoing("primary"));
        using var page = await OpenPageAsync();
        await ReadAsync(page, "state", _ => true);

        await Proxy.StopAsync().WaitAsync(Eventually.Bound);

        Assert.NotNull(await Record.ExceptionAsync(async () => await ReadAsync(page, "never", _ => true)));
    }

    private PageFeed Feed => Proxy.Service<PageFeed>();

    /// <summary>Changes that are worth a message: many of them.</summary>
    private async Task FloodAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Proxy.Service<HaProxyNet.Management.Events.EventJournal>().Add(
                new HaProxyNet.Management.Events.EventShape("test"), [], new string('x', 20_000));
            await Task.Delay(20, CancellationToken.None);
        }
    }

    private async Task<StreamReader> OpenPageAsync()
    {
        var answer = await _http.GetAsync(new Uri(Proxy.Admin, "/page/events"), HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task<JsonDocument> ReadAsync(StreamReader page, string name, Func<JsonElement, bool> isIt)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        while (true)
        {
            var line = await page.ReadLineAsync(bound.Token) ?? throw new InvalidOperationException($"the stream ended before '{name}'");
            if (line == $"event: {name}")
            {
                var document = JsonDocument.Parse((await page.ReadLineAsync(bound.Token))!["data: ".Length..]);
                if (isIt(document.RootElement))
                {
                    return document;
                }

                document.Dispose();
            }
        }
    }

    private static string Words(JsonElement state) => state.GetProperty("words")[0].GetProperty("sentence").GetString()!;

    private static string? Active(JsonElement span) => span.TryGetProperty("active", out var active) ? active.GetString() : null;

    [GeneratedRegex(@"<script>|<style>|\sstyle=|\son[a-z]+=|innerHTML|eval\(|javascript:", RegexOptions.None, 60_000)]
    private static partial Regex Inline();
}
