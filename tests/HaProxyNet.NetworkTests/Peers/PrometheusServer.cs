using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A real Prometheus that scrapes a proxy every second and evaluates the rules of samples/Monitoring.</summary>
internal sealed class PrometheusServer : ProcessUnderTest
{
    private readonly ScratchFolder _folder;
    private readonly HttpClient _http;

    private PrometheusServer(ScratchFolder folder, int port, IEnumerable<string> arguments)
        : base("prometheus", Requirement.Command("prometheus"), arguments)
        => (_folder, _http) = (folder, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/api/v1/") });

    public static async Task<PrometheusServer> StartAsync(Uri metrics)
    {
        var (folder, port) = (new ScratchFolder(), FreePorts.Next());

        // The sample's own file, in a hurry and at this proxy.
        var configuration = (await File.ReadAllTextAsync(BuildOutput.Sample("Monitoring", "prometheus.yml")))
            .Replace("_interval: 15s", "_interval: 1s", StringComparison.Ordinal)
            .Replace("127.0.0.1:9090", metrics.Authority, StringComparison.Ordinal)
            .Replace("- rules.yaml", $"- {BuildOutput.Sample("Monitoring", "rules.yaml")}", StringComparison.Ordinal);
        var server = new PrometheusServer(folder, port,
        [
            $"--config.file={folder.Write("prometheus.yml", configuration)}",
            $"--storage.tsdb.path={folder.File("data")}",
            $"--web.listen-address=127.0.0.1:{port}",
        ]);
        await server.HasWrittenAsync("Server is ready to receive web requests");
        return server;
    }

    /// <summary>The series that a query has now.</summary>
    public async Task<JsonArray> QueryAsync(string expression)
    {
        using var answer = await _http.GetAsync($"query?query={Uri.EscapeDataString(expression)}");
        var document = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.True((string)document["status"]! is "success", $"{expression}\n{document}");
        return document["data"]!["result"]!.AsArray();
    }

    /// <summary>The alerts that are pending or firing now, with that word.</summary>
    public async Task<ILookup<string, string>> AlertsAsync()
    {
        var document = JsonNode.Parse(await _http.GetStringAsync("alerts"))!;
        return document["data"]!["alerts"]!.AsArray().ToLookup(a => (string)a!["labels"]!["alertname"]!, a => (string)a!["state"]!);
    }

    public Task IsAlertAsync(string name, params string[] states) => Eventually.HoldsAsync(
        async () => (await AlertsAsync())[name].Any(states.Contains), () => $"{name} is {string.Join(" or ", states)}");

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _http.Dispose();
        _folder.Dispose();
    }
}
