using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>The exposition format, judged by Prometheus' own tool.</summary>
public sealed class MetricsFormatTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Metrics_PromtoolFindsNoComplaint(string engine)
    {
        var promtool = Requirement.Command("promtool", "prometheus");
        var curl = Requirement.Command("curl");
        await using var primary = await NginxServer.StartedAsync();
        await using var secondary = await NginxServer.StartedAsync();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address)));
        await FailOverAndBackAsync(proxy, primary, curl);

        // A failing curl must not pass as metrics without a complaint.
        var check =
            await CommandResult.OfAsync("bash", "-c", $"set -o pipefail; '{curl}' -sf '{proxy.MetricsUrl}' | '{promtool}' check metrics");

        var metrics = await proxy.MetricsAsync();
        var families = Families(metrics);
        output.WriteLine($"{engine}: {families.Count} families of ours: {string.Join(' ', families)}");
        check.ExpectSuccess("promtool check metrics");
        Assert.Equal("", check.Output);
        Assert.All(
            (string[])[
                "connections_total",
                "bytes_total",
                "connect_seconds_count",
                "failovers_total",
                "probes_total",
                "failover_detection_seconds_count",
                "build_info",
            ],
            family => Assert.True(metrics.Sum(family) > 0, $"{family} has no series"));
        proxy.ExpectCleanLog();
    }

    /// <summary>Traffic before, during and after, so that what counts failures and switches has something to say.</summary>
    private static async Task FailOverAndBackAsync(ProxyProcess proxy, NginxServer primary, string curl)
    {
        await GetAsync(proxy, curl);
        await primary.KillAsync();
        await GetAsync(proxy, curl);
        await proxy.IsActiveAsync("secondary");
        await primary.StartAsync();
        await proxy.IsActiveAsync("primary");
        await GetAsync(proxy, curl);
    }

    private static async Task GetAsync(ProxyProcess proxy, string curl)
    {
        var answer = await CommandResult.OfAsync(curl, "-sf", "--max-time", "30", $"http://127.0.0.1:{proxy.Port}/");
        answer.ExpectSuccess("curl through the proxy");
    }

    private static IReadOnlyList<string> Families(MetricsReading metrics) =>
        [.. metrics.Text.Split('\n').Where(line => line.StartsWith("# TYPE haproxynet_", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]["haproxynet_".Length..])];
}
