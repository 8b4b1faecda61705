using System.Diagnostics;
using System.Net;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>2,000 clusters of two: what each thing takes that an operator waits for.</summary>
internal sealed class LargeWork : IWork
{
    private const int Clusters = 2000;

    /// <inheritdoc/>
    public string Name => "large";

    /// <inheritdoc/>
    public bool IsOurs => true;

    /// <inheritdoc/>
    public string Description => $"{Clusters:N0} clusters of two destinations, {Clusters / 10} listeners with ten routes each";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Wait("check_s", "check", "s"),
        Metric.Wait("start_s", "start until /readyz", "s"),
        Metric.Wait("reload_s", "saved until reload has ended", "s"),
        Metric.Wait("first_scrape_s", "first scrape", "s"),
        Metric.Wait("scrape_s", "a later scrape", "s") with { IsHeadline = true },
        Metric.Wait("status_s", "status", "s"),
        Metric.Fact("scrape_mb", "length of a scrape", "MB"),
        Metric.Fact("rss_mb", "RSS after it", "MB"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation)
        => Task.FromResult<IBackend>(new BytePair(listens: true));

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var ours = (HaProxyNetContender)contender;
        var setup = bench.Setup(backend.Primary, backend.Secondary);
        var large = OwnConfiguration.Large(setup, Clusters, static () => new(IPAddress.Loopback, FreePorts.Next()));
        setup = setup with { Configuration = large.ToJsonString() };
        var check = await TimeAsync(() => ours.RunAsync(setup, ["check", "--no-bind"], cancellation));
        using var admin = new AdminClient(setup);
        var began = Stopwatch.GetTimestamp();
        await using var daemon = ours.Launch(setup);
        await admin.IsReadyAsync(cancellation);
        var start = Stopwatch.GetElapsedTime(began);
        var scrape = "";
        var firstScrape = await TimeAsync(async () => scrape = await admin.GetAsync("metrics", cancellation));
        var laterScrape = await TimeAsync(() => admin.GetAsync("metrics", cancellation));
        var status = await TimeAsync(() => admin.GetAsync("api/v1/status", cancellation));
        large["HaProxyNet"]!["Clusters"]!["pair0"]!["ConnectTimeout"] = "00:00:02";
        var changed = setup with { Configuration = large.ToJsonString() };
        var reload = await TimeAsync(() => ours.RunAsync(changed, ["reload"], cancellation));
        return Reading.Of(
            ("check_s", check.TotalSeconds),
            ("start_s", start.TotalSeconds),
            ("reload_s", reload.TotalSeconds),
            ("first_scrape_s", firstScrape.TotalSeconds),
            ("scrape_s", laterScrape.TotalSeconds),
            ("status_s", status.TotalSeconds),
            ("scrape_mb", scrape.Length / 1e6),
            ("rss_mb", ResidentMemory.Read(daemon.Tree()).RssBytes / 1e6));
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> act)
    {
        var began = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(began);
    }
}
