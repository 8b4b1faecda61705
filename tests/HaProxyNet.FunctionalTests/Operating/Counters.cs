using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>What was counted before an orderly restart is counted on.</summary>
public sealed class Counters : ControlScenario
{
    private static readonly HttpClient _http = new();

    private string CountersPath => Path.Combine(Path.GetDirectoryName(StatePath)!, "counters.txt");

    [Theory, ClassData<Engines>]
    public async Task Restart_CountersGoOnAndGaugesDoNot(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, Setup, primary);
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        await EchoCallAsync();
        await Proxy.LinesAsync(1);
        await RestartAsync(engine, Setup, primary);
        await EchoCallAsync();
        await Proxy.LinesAsync(1);
        await RestartAsync(engine, Setup, primary);

        var metrics = await ScrapeAsync();

        Assert.Equal(2, metrics.Sum("connections_total", "outcome=completed"));
        Assert.Equal(2, metrics.Sum("connect_seconds_count"));
        Assert.Equal(0, metrics.Sum("connections_active"));
        Assert.False(File.Exists(CountersPath));
    }

    [Theory, ClassData<Engines>]
    public async Task Restart_TheFileIsDamaged_CountersBeginAtZeroAndItIsSaid(EngineKind engine)
    {
        await File.WriteAllTextAsync(CountersPath, "# TYPE haproxynet_connections_total counter\nhaproxynet_connections_total{out");
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        await EchoCallAsync();
        await Proxy.LinesAsync(1);

        Assert.Equal(1, (await ScrapeAsync()).Sum("connections_total", "outcome=completed"));
        Assert.Single(Proxy.Log.Events(EventIds.CountersUnreadable));
    }

    private async Task<MetricsSnapshot> ScrapeAsync() => MetricsSnapshot.Parse(await _http.GetStringAsync(new Uri(Proxy.Admin, "/metrics")));
}
