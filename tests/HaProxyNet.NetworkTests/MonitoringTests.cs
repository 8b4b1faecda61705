using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>samples/Monitoring, judged by jsonnet, promtool and a real Prometheus that sees a failover.</summary>
public sealed class MonitoringTests(ITestOutputHelper output)
{
    /// <summary>What need not have happened in this test: TLS, drills, certificates. Their queries are answered with nothing.</summary>
    private static readonly string[] _notHere = ["tls_", "> 0", "connect_failures", "hedges"];

    [Theory]
    [InlineData("check", "config", "prometheus.yml")]
    [InlineData("check", "rules", "rules.yaml")]
    [InlineData("test", "rules", "tests/alerts.test.yaml")]
    public async Task Pack_PromtoolPassesIt(string verb, string what, string file)
    {
        var promtool = Requirement.Command("promtool", "prometheus");

        // It evaluates weeks of made-up series: seconds alone, a minute and more on a machine that is full.
        (await CommandResult.OfAsync(TimeSpan.FromMinutes(5), promtool, verb, what, BuildOutput.Sample("Monitoring", file))).ExpectSuccess(
            $"promtool {verb} {what} {file}");
    }

    [Fact]
    public async Task Mixin_RendersWhatIsCommitted()
    {
        Requirement.Command("jsonnet");
        using var folder = new ScratchFolder();

        (await CommandResult.OfAsync("bash", BuildOutput.Sample("Monitoring", "mixin/render.sh"), folder.Path)).ExpectSuccess("render.sh");

        foreach (var file in (string[])["rules.yaml", "dashboards/haproxynet-service.json", "dashboards/haproxynet-proxy.json"])
        {
            Assert.True(
                await File.ReadAllTextAsync(folder.File(file)) == await File.ReadAllTextAsync(BuildOutput.Sample("Monitoring", file)),
                $"{file} is not what the mixin says: run samples/Monitoring/mixin/render.sh");
        }
    }

    [Fact]
    public async Task Mixin_SettingsOfASite_AreInTheRules()
    {
        Requirement.Command("jsonnet");
        const string Site = "((import 'mixin.libsonnet') + { _config+:: { selector: 'site=\"berlin\"', standbyProvenWithin: '2h', "
            + "runbooks: 'https://wiki/' } }).prometheusAlerts";

        var rules = await CommandResult.OfAsync("jsonnet", "-J", BuildOutput.Sample("Monitoring", "mixin"), "-e", Site);

        rules.ExpectSuccess("jsonnet");
        Assert.DoesNotContain("job=\\\"haproxynet", rules.Output, StringComparison.Ordinal);
        Assert.Contains("> 7200 and", rules.Output, StringComparison.Ordinal);
        Assert.Contains("\"https://wiki/HaProxyNetAway.md\"", rules.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Failover_AlertsFireAndEveryQueryOfTheBoardsIsAnswered(string engine)
    {
        var curl = Requirement.Command("curl");
        await using var primary = await NginxServer.StartedAsync();
        await using var secondary = await NginxServer.StartedAsync();
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", primary.Address), ("secondary", secondary.Address)));
        await using var prometheus = await PrometheusServer.StartAsync(proxy.MetricsUrl);
        await Eventually.HoldsAsync(
            async () => (await prometheus.QueryAsync("haproxynet_build_info")).Count == 1, () => "the proxy is scraped");
        Assert.Empty(await prometheus.AlertsAsync());
        await GetAsync(proxy, curl);

        await primary.KillAsync();
        await GetAsync(proxy, curl);
        await proxy.IsActiveAsync("secondary");
        await prometheus.IsAlertAsync("HaProxyNetPrimaryDown", "pending", "firing");
        await BoardsAnswerAsync(prometheus);

        await secondary.KillAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                await CommandResult.OfAsync(curl, "-s", "--max-time", "5", $"http://127.0.0.1:{proxy.Port}/");
                return (await prometheus.AlertsAsync())["HaProxyNetClientsWithoutDestination"].Contains("firing");
            },
            () => "HaProxyNetClientsWithoutDestination fires");
        await prometheus.IsAlertAsync("HaProxyNetAllDown", "firing");
        proxy.ExpectCleanLog();
    }

    private async Task BoardsAnswerAsync(PrometheusServer prometheus)
    {
        var queries = Queries().ToList();
        foreach (var query in queries)
        {
            if (_notHere.Any(part => query.Contains(part, StringComparison.Ordinal)))
            {
                await prometheus.QueryAsync(query);
            }
            else
            {
                await Eventually.HoldsAsync(async () => (await prometheus.QueryAsync(query)).Count > 0, () => $"there is data for {query}");
            }
        }

        output.WriteLine($"{queries.Count} queries");
        Assert.True(queries.Count > 30);
    }

    /// <summary>The boards' queries, with their variables as when everything is chosen.</summary>
    private static IEnumerable<string> Queries()
        => Directory.EnumerateFiles(BuildOutput.Sample("Monitoring", "dashboards"), "*.json")
            .SelectMany(board => JsonNode.Parse(File.ReadAllText(board))!["panels"]!.AsArray())
            .SelectMany(panel => panel!["targets"]!.AsArray())
            .Select(target => ((string)target!["expr"]!)
                .Replace("$__rate_interval", "30s", StringComparison.Ordinal)
                .Replace("$instance", ".*", StringComparison.Ordinal)
                .Replace("$cluster", ".*", StringComparison.Ordinal));

    private static async Task GetAsync(ProxyProcess proxy, string curl)
        => (await CommandResult.OfAsync(curl, "-sf", "--max-time", "30", $"http://127.0.0.1:{proxy.Port}/")).ExpectSuccess(
            "curl through the proxy");
}
