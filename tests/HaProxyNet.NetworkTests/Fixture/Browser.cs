using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>Debian's chromium, driven by Playwright. Skipped with a reason where it is not installed.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Ends a test that has failed; a busy machine may need a good part of it.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> StartAsync()
    {
        var chromium = Requirement.Command("chromium");
        var playwright = await Playwright.CreateAsync();

        // Root may not use the sandbox; the only page that is opened is the proxy's own.
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox", "--disable-gpu"] });
        return new(playwright, browser);
    }

    /// <summary>A window of its own; what goes wrong in its console, or is asked of another host, is kept.</summary>
    public async Task<(IPage Page, List<string> Faults)> OpenAsync(
        Uri url,
        ColorScheme scheme = ColorScheme.Light,
        int width = 1180,
        int height = 900)
    {
        var page = await _browser.NewPageAsync(new()
        {
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
            ReducedMotion = ReducedMotion.Reduce,
            TimezoneId = "UTC",
            Locale = "en-GB",
        });
        page.SetDefaultTimeout((float)_patience.TotalMilliseconds);
        var faults = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                faults.Add(message.Text);
            }
        };
        page.PageError += (_, fault) => faults.Add(fault);
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url).Authority != url.Authority)
            {
                faults.Add($"asks another host: {request.Url}");
            }
        };
        await page.GotoAsync(url.ToString());
        await page.WaitForSelectorAsync("article.card .picture svg");
        return (page, faults);
    }

    /// <summary>What axe finds against WCAG 2.2 A and AA and its own best practices, one line each.</summary>
    public static async Task<string> AxeAsync(IPage page)
    {
        await page.EvaluateAsync(_axe);
        return await page.EvaluateAsync<string>("""
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.html).join(' | ')}`).join('\n')
            """);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
