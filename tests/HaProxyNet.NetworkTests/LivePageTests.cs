using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;
using Microsoft.Playwright;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The live page in a real browser: a failover is on it within a second, it can be used by everybody, and it survives restarts. With
/// HAPROXYNET_TEST_DOCS=1 the pictures of docs/page.md are made anew.
/// </summary>
[Collection<Alone>]
public sealed class LivePageTests(ITestOutputHelper output)
{
    private const int Failovers = 20;

    /// <summary>One second is what is promised; the rest is for a machine that is busy.</summary>
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(30);

    /// <summary>Notes when the sentence of the cluster changes, by the same clock as the proxy's.</summary>
    private const string Watch = """
        () => {
            const verdict = document.querySelector('.verdict');
            window.seen = [];
            new MutationObserver(() => window.seen.push([Date.now(), verdict.textContent])).observe(verdict,
            { childList: true, characterData: true, subtree: true });
        }
        """;

    [Fact]
    public async Task Failover_IsOnThePageWithinASecond()
    {
        await using var browser = await Browser.StartAsync();
        using var primary = new SwitchableAgent();
        using var secondary = new SwitchableAgent();
        using var setup = new ProxySetup(Engines.Reactor, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            OutlivesProxy = true,
        };
        await using (var proxy = await ProxyProcess.StartAsync(setup))
        {
            var (page, faults) = await browser.OpenAsync(setup.AdminUrl);
            await page.EvaluateAsync(Watch);
            for (var i = 0; i < Failovers; i++)
            {
                primary.Stop();
                using (var client = await EchoClient.ConnectAsync(proxy.Port))
                {
                    await client.ExchangeAsync();
                }

                await page.WaitForFunctionAsync("() => document.querySelector('.verdict').textContent.startsWith('New connections go to "
                    + "secondary, because primary is down: it refuses connections')");
                primary.Start();
                await page.WaitForFunctionAsync(
                    "() => document.querySelector('.verdict').textContent === 'New connections go to primary.'");
            }

            var delays = Delays(await EventsAsync(setup, "failover"), await page.EvaluateAsync<JsonElement>("() => window.seen"));
            output.WriteLine(
                $"{delays.Count} failovers, on the page "
                    + $"after {string.Join(", ", delays.Select(d => $"{d.TotalMilliseconds:0}"))} ms; "
                    + $"{delays.Count(d => d <= TimeSpan.FromSeconds(1))} within a second");
            Assert.Equal(Failovers, delays.Count);
            Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromMilliseconds(-5), _bound));

            await page.ReloadAsync();
            await ExpectInTimelineAsync(page, Failovers);
            Assert.Empty(faults);
        }

        await using var restarted = await ProxyProcess.StartAsync(setup);
        var (again, _) = await browser.OpenAsync(setup.AdminUrl);
        await ExpectInTimelineAsync(again, Failovers);
    }

    [Theory]
    [InlineData("light", ColorScheme.Light, 1180, 1500)]
    [InlineData("dark", ColorScheme.Dark, 1180, 1500)]
    [InlineData("phone", ColorScheme.Light, 360, 1500)]
    public async Task Page_InEveryLook_HasNoFindingOfAxe(string name, ColorScheme scheme, int width, int height)
    {
        await using var browser = await Browser.StartAsync();
        using var primary = new SwitchableAgent();
        using var secondary = new SwitchableAgent();
        await using var proxy = await ProxyProcess.StartAsync(
            new(Engines.Reactor, ("primary", primary.Address), ("secondary", secondary.Address)) { HoldDown = null });
        await proxy.CommandAsync("drain", "pair/secondary");
        await proxy.CommandAsync("enable", "pair/secondary");
        using var open = await EchoClient.ConnectAsync(proxy.Port);
        await open.ExchangeAsync();
        primary.Stop();
        using var next = await EchoClient.ConnectAsync(proxy.Port);
        await next.ExchangeAsync(2048);

        var (page, faults) = await browser.OpenAsync(proxy.PageUrl, scheme, width, height);
        await page.WaitForFunctionAsync("() => document.querySelector('.verdict').textContent.includes('secondary') && "
            + "document.querySelectorAll('#sessions tr').length === 2 && document.querySelector('.line svg')");
        var findings = await Browser.AxeAsync(page);

        Assert.True(findings.Length == 0, findings);
        Assert.Empty(faults);
        Assert.Equal(width, await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await page.ScreenshotAsync(new() { Path = PictureOf(name), FullPage = false });
    }

    /// <summary>At three in the morning: which of the clusters needs a look, what clients feel, and whether the page still lives.</summary>
    [Fact]
    public async Task Page_SeveralClusters_SaysWhichNeedsALook_AndWhenItIsOld()
    {
        await using var browser = await Browser.StartAsync();
        using var primary = new SwitchableAgent();
        using var secondary = new SwitchableAgent();
        using var setup = new ProxySetup(Engines.Reactor, ("primary", primary.Address), ("secondary", secondary.Address))
        {
            OutlivesProxy = true,
            MoreEnvironment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HAPROXYNET__Clusters__other__Destinations__0__Name"] = "only",
                ["HAPROXYNET__Clusters__other__Destinations__0__Address"] = secondary.Address,
            },
        };
        await using var proxy = await ProxyProcess.StartAsync(setup);
        var (page, faults) = await browser.OpenAsync(setup.AdminUrl);
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#overview').textContent === 'All 2 clusters are on their first destination.'");
        primary.Stop();
        using (var client = await EchoClient.ConnectAsync(proxy.Port))
        {
            await client.ExchangeAsync();
        }

        await page.WaitForFunctionAsync(
            "() => document.querySelector('#overview').textContent === 'Not on the first destination (1 of 2 clusters): pair (on "
                + "secondary)'");
        await Eventually.HoldsAsync(
            async () =>
            {
                using var client = await EchoClient.ConnectAsync(proxy.Port);
                await client.ExchangeAsync();
                return await page.EvaluateAsync<bool>(
                    "() => /^In the last [0-9]+ s: [0-9]+ connections ended/.test(document.querySelector('#cluster-pair "
                        + ".felt:not([hidden])')?.textContent ?? '')");
            },
            () => "the page does not say how many connections have ended");
        Assert.Empty(faults);

        proxy.Send(Signal.Kill);
        await page.WaitForFunctionAsync(
            "() => document.querySelector('#link.stale')?.textContent.startsWith('No connection to the proxy. This is how it was at ')");
        var findings = await Browser.AxeAsync(page);
        Assert.True(findings.Length == 0, findings);
    }

    /// <summary>All that can be opened or scrolled is reached by the keyboard, and nothing that acts is there.</summary>
    [Fact]
    public async Task Page_ByKeyboard_ReachesEveryTableAndHasNoButton()
    {
        await using var browser = await Browser.StartAsync();
        using var primary = new SwitchableAgent();
        await using var proxy = await ProxyProcess.StartAsync(new(Engines.Managed, ("primary", primary.Address)));
        var (page, _) = await browser.OpenAsync(proxy.PageUrl);
        await page.WaitForSelectorAsync(".line svg");

        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await page
                .EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"));
        }

        Assert.Superset(
            new HashSet<string>
            {
                "Skip to the clusters",
                "pair as a table",
                "pair, the last 24 hours as a table",
                "Table of certificates",
                "Table of open connections",
                "status",
            },
            reached.ToHashSet());
        Assert.Equal(0, await page.EvaluateAsync<int>("() => document.querySelectorAll('button, input, form, select, textarea').length"));
    }

    private static string PictureOf(string name)
        => Environment.GetEnvironmentVariable("HAPROXYNET_TEST_DOCS") is "1"
            ? BuildOutput.Source(Path.Combine("docs", "images", $"page-{name}.png"))
            : Path.Combine(Path.GetTempPath(), $"haproxynet-page-{name}.png");

    private static async Task ExpectInTimelineAsync(IPage page, int failovers)
        => await page.WaitForFunctionAsync(
            "most => [...document.querySelectorAll('#timelines td')].filter(cell => cell.textContent.startsWith('Failover in pair: new "
                + "connections go from primary to secondary')).length === most",
            failovers);

    private static async Task<IReadOnlyList<DateTimeOffset>> EventsAsync(ProxySetup setup, string kind)
    {
        using var http = new HttpClient();
        using var events = JsonDocument.Parse(await http.GetStringAsync(new Uri(setup.AdminUrl, "api/v1/events")));
        return [.. events.RootElement.EnumerateArray().Where(e => e.GetProperty("kind").GetString() == kind)
            .Select(e => e.GetProperty("at").GetDateTimeOffset())];
    }

    /// <summary>From each failover to the first sentence after it that names the secondary.</summary>
    private static List<TimeSpan> Delays(IReadOnlyList<DateTimeOffset> failovers, JsonElement seen)
    {
        var shown = seen
            .EnumerateArray()
            .Where(s => s[1].GetString()!.StartsWith("New connections go to secondary", StringComparison.Ordinal))
            .Select(s => DateTimeOffset.FromUnixTimeMilliseconds(s[0].GetInt64()))
            .ToList();
        return [.. failovers.Select(
            (at, i) => shown.First(s => s >= at.AddMilliseconds(-5) && (i + 1 == failovers.Count || s < failovers[i + 1])) - at)];
    }
}
