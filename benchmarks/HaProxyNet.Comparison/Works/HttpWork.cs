using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>
/// Requests through the proxy, each on its own connection (<c>rpc</c>) or on kept ones (<c>kept</c>): once as fast as it goes, for cost at
/// full load and throughput, and once at a fixed rate far below that, where all contenders carry the same load.
/// </summary>
internal sealed class HttpWork(string name, bool connectionPerRequest) : IWork
{
    private const int Connections = 16;
    private const double TracedSeconds = 2;

    // A fifth and a tenth of what one proxy thread carries here: waits are the path's and not a queue's.
    private readonly int _pacedRate = connectionPerRequest ? 1000 : 3000;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Description =>
        $"HTTP, 2 KB reply, {(connectionPerRequest ? "a connection per request" : "kept connections")}: wrk with {Connections} clients as "
            + "fast as it goes; " +
        $"\"same load\": {_pacedRate:N0} requests/s for every contender, waits counted from the moment a request is due";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "wrk", "strace", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("cpu_us", connectionPerRequest ? "CPU a connection" : "CPU an RPC", "µs") with { IsHeadline = true },
        Metric.Cost("paced_cpu_us", "CPU, same load", "µs"),
        Metric.Fact("per_second", "requests/s", "") with { NoiseBound = 0.10 },
        Metric.Fact("busy", "proxy's CPU busy", "%"),
        Metric.Wait("p50_us", "p50", "µs"),
        Metric.Wait("p99_us", "p99", "µs"),
        Metric.Wait("p999_us", "p99.9", "µs"),
        Metric.Wait("paced_p50_us", "p50, same load", "µs"),
        Metric.Wait("paced_p99_us", "p99, same load", "µs"),
        Metric.Wait("paced_p999_us", "p99.9, same load", "µs"),
        Metric.Fact("errors", "errors", ""),
        Metric.Fact("rss_mb", "RSS under load", "MB"),
        Metric.Fact("switches", "voluntary switches a request", ""),
        Metric.Fact("syscalls", "syscalls a request", ""),
        Metric.Fact("managed_bytes", "managed bytes a request", "B"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.Setup(backend.Primary, backend.Secondary), cancellation);
        var wrk = new Wrk(bench.Cpus.Load, Connections, connectionPerRequest);
        await wrk.RunAsync(proxy.Endpoint, bench.Options.WarmUp, cancellation);
        var full = await AtFullSpeedAsync(wrk, proxy, bench.Options.Duration, cancellation);
        var paced = await AtSameLoadAsync(proxy, bench.Options.Duration);
        return full.With(paced);
    }

    /// <inheritdoc/>
    public async Task<Reading?> ExamineAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.Setup(backend.Primary, backend.Secondary), cancellation);
        if (proxy.Tree.Count == 0)
        {
            return null;
        }

        var wrk = new Wrk(bench.Cpus.Load, Connections, connectionPerRequest);
        await wrk.RunAsync(proxy.Endpoint, bench.Options.WarmUp, cancellation);
        long requests = 0;
        var calls = await SyscallTrace.RunAsync(
            proxy.Tree,
            Path.Combine(bench.Folder, "strace.txt"),
            async () => requests = (await wrk.RunAsync(proxy.Endpoint, TimeSpan.FromSeconds(TracedSeconds), cancellation)).Requests,
            cancellation);
        return Reading.Of(("syscalls", (double)calls.Total / requests));
    }

    private static async Task<Reading> AtFullSpeedAsync(Wrk wrk, ProxyProcess proxy, TimeSpan duration, CancellationToken cancellation)
    {
        var managedBefore = await proxy.ReadManagedBytesAsync(cancellation);
        var window = MeasuredWindow.Open(proxy);
        var report = await wrk.RunAsync(proxy.Endpoint, duration, cancellation);
        window.Close();
        var managedAfter = await proxy.ReadManagedBytesAsync(cancellation);
        List<(string, double)> values =
        [
            ("per_second", report.Requests / report.Seconds),
            ("p50_us", report.Latency.P50),
            ("p99_us", report.Latency.P99),
            ("p999_us", report.Latency.P999),
            ("errors", report.Errors),
        ];
        if (proxy.Tree.Count > 0)
        {
            values.Add(("cpu_us", window.CpuNanoseconds / 1000 / report.Requests));
            values.Add(("busy", window.Busy * 100));
            values.Add(("switches", window.VoluntarySwitches / report.Requests));
            values.Add(("rss_mb", ResidentMemory.Read(proxy.Tree).RssBytes / 1e6));
        }

        if (managedAfter - managedBefore is { } managed)
        {
            values.Add(("managed_bytes", managed / report.Requests));
        }

        return Reading.Of(values) with { Disturbance = window.Disturbance };
    }

    private async Task<Reading> AtSameLoadAsync(ProxyProcess proxy, TimeSpan duration)
    {
        var load = new PacedLoad(_pacedRate, connectionPerRequest);
        var window = MeasuredWindow.Open(proxy);
        var report = await load.RunAsync(proxy.Endpoint, duration);
        window.Close();
        if (report.Failed > 0)
        {
            throw new ComparisonException(
                $"{report.Failed} of {report.Failed + report.Requests} requests failed at {_pacedRate} requests/s.");
        }

        List<(string, double)> values =
        [
            ("paced_p50_us", report.Latency.P50),
            ("paced_p99_us", report.Latency.P99),
            ("paced_p999_us", report.Latency.P999),
        ];
        if (proxy.Tree.Count > 0)
        {
            values.Add(("paced_cpu_us", window.CpuNanoseconds / 1000 / report.Requests));
        }

        return Reading.Of(values) with { Disturbance = window.Disturbance };
    }
}
