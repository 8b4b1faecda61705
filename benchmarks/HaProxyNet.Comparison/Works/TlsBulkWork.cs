using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>Large replies where TLS ends at the proxy.</summary>
internal sealed class TlsBulkWork : IWork
{
    /// <inheritdoc/>
    public string Name => "tls-bulk";

    /// <inheritdoc/>
    public bool IsTls => true;

    /// <inheritdoc/>
    public string Description =>
        "replies of a GB (10⁹ bytes) one after the other, TLS 1.3 with AES-256-GCM ended at the proxy, plain to the backend: one client, "
            + "curl, as fast as it goes";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "curl", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("cpu_ms_gb", "CPU a GB", "ms") with { IsHeadline = true },
        Metric.Fact("busy", "proxy's CPU busy", "%"),
        Metric.Fact("rss_mb", "RSS under load", "MB"),
        Metric.Fact("switches_gb", "voluntary switches a GB", ""),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.TlsSetup(backend.Primary, backend.Secondary), cancellation);
        var load = new TlsDownload(bench.Cpus.Load);
        await load.RunAsync(proxy.Endpoint, HttpBackend.LargePath, bench.Options.WarmUp, cancellation);
        var window = MeasuredWindow.Open(proxy);
        var gigabytes = await load.RunAsync(proxy.Endpoint, HttpBackend.LargePath, bench.Options.Duration, cancellation) / 1e9;
        window.Close();
        return Reading.Of(
            ("cpu_ms_gb", window.CpuNanoseconds / 1e6 / gigabytes),
            ("busy", window.Busy * 100),
            ("switches_gb", window.VoluntarySwitches / gigabytes),
            ("rss_mb", ResidentMemory.Read(proxy.Tree).RssBytes / 1e6)) with
        { Disturbance = window.Disturbance };
    }
}
