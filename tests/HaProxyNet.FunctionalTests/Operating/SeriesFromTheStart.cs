using System.Text.RegularExpressions;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>
/// What a fresh proxy's /metrics has. <c>increase()</c> says 0 for a first event without a 0 before it, so that an alert on a series that
/// is born at 1 misses it.
/// </summary>
public sealed partial class SeriesFromTheStart : TlsScenario
{
    /// <summary>
    /// Times of what has not happened, leases that nobody has taken, and what this proxy does not have: webhooks, a shared store, and
    /// processes before it.
    /// </summary>
    private static readonly string[] _absent =
    [
        "last_failover_timestamp_seconds",
        "destination_last_proven_timestamp_seconds",
        "notifications_total",
        "lease_held",
        "lease_since_timestamp_seconds",
        "maintenance_store_up",
        "predecessor_connections_active",
    ];

    [Theory, ClassData<TlsStacks>]
    public async Task FreshProxy_EverySeriesThatTheDocumentationNames_IsThere(TlsStack engine)
    {
        await StartFreshAsync(engine);
        var metrics = await Proxy.ScrapeAsync();

        var families = Row().Matches(await ReadAsync("docs/metrics.md"))
            .SelectMany(row => Name().Matches(row.Groups["names"].Value))
            .Select(name => name.Groups["name"].Value).ToList();

        Assert.True(families.Count > 30);
        var missing = families.Except(_absent)
            .Where(family => !metrics.Series(family).Concat(metrics.Series(family + "_count")).Any());
        Assert.Empty(missing.ToList());
    }

    [Theory, ClassData<TlsStacks>]
    public async Task FreshProxy_EverySeriesThatAnAlertSelects_IsThere(TlsStack engine)
    {
        await StartFreshAsync(engine);
        var metrics = await Proxy.ScrapeAsync();
        var pages = await ReadAsync("samples/Monitoring/rules.yaml") + await ReadAsync("docs/metrics.md");

        var asked = Selector().Matches(pages.Replace("\\\"", "\"", StringComparison.Ordinal))
            .SelectMany(one => Label().Matches(one.Groups["labels"].Value), (one, label) => (one.Groups["name"].Value, label))
            .SelectMany(one => one.label.Groups["value"].Value.Split('|'), (one, value) => (
                Family: one.Value,
                Label: one.label.Groups["name"].Value,
                Value: value))
            .Where(one => !_absent.Contains(one.Family) && one.Label is not ("job" or "destination")).ToList();

        Assert.True(asked.Count > 10);
        Assert.All(asked, one => Assert.True(metrics.Series(one.Family, $"{one.Label}={one.Value}").Any(), $"{one} is not there"));
    }

    /// <summary>A pair with TLS on both sides, drills, and the policies that end sessions.</summary>
    private Task<TestProxy> StartFreshAsync(TlsStack engine) => StartAsync(
        engine,
        new ProxySetup { Listener = Terminating(), Cluster = Reencrypting(("Health:Drill:At", "03:30"), ("WhenDown:Sessions", "Close")) },
        TestDestination.Echoing("primary"),
        TestDestination.Echoing("secondary"));

    private static async Task<string> ReadAsync(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HaProxyNet.sln")))
        {
            folder = folder.Parent!;
        }

        return await File.ReadAllTextAsync(Path.Combine(folder.FullName, file));
    }

    [GeneratedRegex(@"^\| (?<names>`[a-z_]+`(, `[a-z_]+`)*) \|", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 60_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[a-z_]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\bhaproxynet_(?<name>[a-z_]+)\{(?<labels>[^}]*)\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Selector();

    [GeneratedRegex("""(?<name>[a-z_]+)=~?"(?<value>[^"]*)""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Label();
}
