using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Operating;

/// <summary>What was counted before an orderly restart is counted on.</summary>
public sealed class Counters : ControlScenario
{
    private static readonly HttpClient _http = new();

    private string CountersPath => Path.ChangeExtension(StatePath, "counters");

    [Theory, ClassData<Engines>]
    public async Task Restart_CountersGoOnAndGaugesDoNot(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, Setup, primary);
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        for (var i = 0; i < 2; i++)
        {
            await EchoCallAsync();
            await Proxy.LinesAsync(1);
            await RestartAsync(engine, Setup, primary);
        }

        var metrics = await ScrapeAsync();

        Assert.Equal(2, metrics.Sum("connections_total", "outcome=completed"));
        Assert.Equal(2, metrics.Sum("connect_seconds_count"));
        Assert.Equal(0, metrics.Sum("connections_active"));
    }

    /// <summary>What is in the file of a process that runs is older than what was scraped.</summary>
    [Theory, ClassData<Engines>]
    public async Task Running_TheFileHasNoCounts(EngineKind engine)
    {
        var primary = TestDestination.Echoing("primary");
        await StartAsync(engine, Setup, primary);
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        await EchoCallAsync();
        await Proxy.LinesAsync(1);
        await Proxy.StopAsync();
        Assert.Contains("haproxynet_connections_total", await File.ReadAllTextAsync(CountersPath), StringComparison.Ordinal);

        await StartAtAsync(engine, Setup, AddressesOf(primary));

        Assert.DoesNotContain("haproxynet_connections_total", await File.ReadAllTextAsync(CountersPath), StringComparison.Ordinal);
        Assert.Equal(1, (await ScrapeAsync()).Sum("connections_total", "outcome=completed"));
    }

    [Theory, ClassData<Engines>]
    public async Task Restart_TheDestinationIsNoLongerConfigured_ItsCountsAreGone(EngineKind engine)
    {
        var (primary, other) = (TestDestination.Echoing("primary"), TestDestination.Echoing("other"));
        await StartAsync(engine, Setup, primary);
        Truth.DestinationsMayChange = Truth.WasRestarted = true;
        await EchoCallAsync();
        await Proxy.LinesAsync(1);

        await RestartAsync(engine, Setup, other);

        var metrics = await ScrapeAsync();
        Assert.Equal(0, metrics.Sum("connections_total", "outcome=completed"));
        Assert.Equal(0, metrics.Sum("bytes_total"));
    }

    [Theory, ClassData<Engines>]
    public async Task Start_TheFileIsDamaged_CountersBeginAtZeroAndItIsSaid(EngineKind engine)
    {
        await File.WriteAllTextAsync(CountersPath, "# haproxynet counters 2\nhaproxynet_connections_total{out");
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        await EchoCallAsync();
        await Proxy.LinesAsync(1);

        Assert.Equal(1, (await ScrapeAsync()).Sum("connections_total", "outcome=completed"));
        Assert.Single(Proxy.Log.Events(EventIds.CountersUnreadable));
        Assert.Empty(Proxy.Log.Events(EventIds.CountersUnwritable));
    }

    /// <summary>A folder in the place of the file stands for one that cannot be read or written, also for root.</summary>
    [Theory, ClassData<Engines>]
    public async Task Start_TheFileCannotBeWritten_CountersBeginAtZeroAndItIsSaid(EngineKind engine)
    {
        Directory.CreateDirectory(CountersPath);
        await File.WriteAllTextAsync(Path.Combine(CountersPath, "x"), "");
        await StartAsync(engine, Setup, TestDestination.Echoing("primary"));
        await EchoCallAsync();
        await Proxy.LinesAsync(1);

        await Proxy.StopAsync();

        Assert.Single(Proxy.Log.Events(EventIds.CountersUnwritable));
    }

    private async Task<MetricsSnapshot> ScrapeAsync()
        => MetricsSnapshot.Parse(await _http.GetStringAsync(new Uri(Proxy.Admin, "/metrics")));
}
