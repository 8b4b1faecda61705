using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>
/// What it costs to know: the same requests, a connection each, without lines, with start and end lines as JSON, and with the live page
/// open and a scrape a second. In turn within each round, every other round the other way about, so that what drifts weighs on no side;
/// each in a fresh process. The ratios are of the same round.
/// </summary>
internal sealed class ObservedWork : IWork
{
    private const int Connections = 16;
    private const string Level = "Logging__LogLevel__HaProxyNet.Closing.ConnectionLog";

    private static readonly Dictionary<string, string> _noLines = new(StringComparer.Ordinal) { [Level] = "Warning" };

    private static readonly Dictionary<string, string> _lines = new(StringComparer.Ordinal)
    {
        ["HAPROXYNET__Log__Format"] = "Json",
        ["HAPROXYNET__Listeners__rpc__Log__AtStart"] = "true",
    };

    private bool _isBackwards;

    /// <inheritdoc/>
    public string Name => "observed";

    /// <inheritdoc/>
    public bool IsOurs => true;

    /// <inheritdoc/>
    public string Description
        => $"HTTP, 2 KB reply, a connection per request, wrk with {Connections} clients as fast as it goes: without lines; with start and "
            + "end lines as JSON; with the live page open and a scrape a second";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "wrk", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("plain_us", "CPU a connection, no lines", "µs") with { IsHeadline = true },
        Metric.Cost("lines_us", "with lines", "µs"),
        Metric.Cost("watched_us", "with page and scrape", "µs"),
        Metric.Cost("lines_ratio", "lines / none", ""),
        Metric.Cost("watched_ratio", "watched / none", ""),
        Metric.Fact("per_second", "connections/s with lines", ""),
        Metric.Fact("dropped", "lines dropped and counted", ""),
        Metric.Fact("uncounted", "lines missing without a count", ""),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        (IReadOnlyDictionary<string, string> Settings, bool IsWatched)[] runs = [(_noLines, false), (_lines, false), (_noLines, true)];
        var outcomes = new Outcome[runs.Length];
        foreach (var run in _isBackwards ? Enumerable.Range(0, runs.Length).Reverse() : Enumerable.Range(0, runs.Length))
        {
            outcomes[run] = await RunAsync(bench, backend, contender, runs[run].Settings, runs[run].IsWatched, cancellation);
        }

        _isBackwards = !_isBackwards;
        var (plain, lines, watched) = (outcomes[0], outcomes[1], outcomes[2]);
        var reading = Reading.Of(
            ("plain_us", plain.Cost),
            ("lines_us", lines.Cost),
            ("watched_us", watched.Cost),
            ("lines_ratio", lines.Cost / plain.Cost),
            ("watched_ratio", watched.Cost / plain.Cost),
            ("per_second", lines.PerSecond),
            ("dropped", lines.Dropped),
            ("uncounted", (2 * lines.Ended) - lines.Dropped - LinesIn(lines.Folder)));
        return reading with { Disturbance = plain.Disturbance ?? lines.Disturbance ?? watched.Disturbance };
    }

    private static async Task<Outcome> RunAsync(
        Bench bench,
        IBackend backend,
        Contender contender,
        IReadOnlyDictionary<string, string> settings,
        bool isWatched,
        CancellationToken cancellation)
    {
        var setup = bench.Setup(backend.Primary, backend.Secondary);
        setup = setup with { Configuration = OwnConfiguration.Pair(setup).ToJsonString(), Settings = settings };
        await using var proxy = await ProxyProcess.StartAsync(contender, setup, cancellation);
        using var admin = new AdminClient(setup);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = isWatched ? admin.WatchAsync(stop.Token) : Task.CompletedTask;
        var wrk = new Wrk(bench.Cpus.Load, Connections, ConnectionPerRequest: true);
        await wrk.RunAsync(proxy.Endpoint, bench.Options.WarmUp, cancellation);
        var window = MeasuredWindow.Open(proxy);
        var report = await wrk.RunAsync(proxy.Endpoint, bench.Options.Duration, cancellation);
        window.Close();
        await stop.CancelAsync();
        await watching;
        return new(
            window.CpuNanoseconds / 1000 / report.Requests,
            report.Requests / report.Seconds,
            await AllEndedAsync(admin, cancellation),
            await admin.SumAsync("haproxynet_log_lines_dropped_total", cancellation),
            setup.Folder,
            window.Disturbance);
    }

    /// <summary>The load has ended; its last connections may not have.</summary>
    private static async Task<double> AllEndedAsync(AdminClient admin, CancellationToken cancellation)
    {
        while (await admin.SumAsync("haproxynet_connections_active", cancellation) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }

        return await admin.SumAsync("haproxynet_connections_total", cancellation);
    }

    /// <summary>The process has ended, and its log with it.</summary>
    private static int LinesIn(string folder) => File.ReadLines(Path.Combine(folder, "output.log")).Count(line
        => line.Contains("\"message\":\"Connection started\"", StringComparison.Ordinal)
            || line.Contains("\"message\":\"Connection closed\"", StringComparison.Ordinal));

    private sealed record Outcome(double Cost, double PerSecond, double Ended, double Dropped, string Folder, string? Disturbance);
}
