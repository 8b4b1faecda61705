using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>One TCP stream as fast as it goes, each way.</summary>
internal sealed class BulkWork : IWork
{
    /// <inheritdoc/>
    public string Name => "bulk";

    /// <inheritdoc/>
    public string Description => "one iperf3 stream as fast as it goes, client to server and back; a GB is 10⁹ bytes";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["iperf3", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("cpu_ms_gb", "CPU a GB", "ms") with { IsHeadline = true },
        Metric.Cost("reverse_cpu_ms_gb", "CPU a GB, server to client", "ms"),
        Metric.Fact("gigabits", "Gbit/s", "") with { NoiseBound = 0.10 },
        Metric.Fact("reverse_gigabits", "Gbit/s, server to client", "") with { NoiseBound = 0.10 },
        Metric.Fact("busy", "proxy's CPU busy", "%"),
        Metric.Fact("rss_mb", "RSS under load", "MB"),
        Metric.Fact("switches_gb", "voluntary switches a GB", ""),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => IperfBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.Setup(backend.Primary, backend.Secondary), cancellation);
        var forward = new Iperf(bench.Cpus.Load, Reverse: false);
        await forward.RunAsync(proxy.Endpoint, bench.Options.WarmUp, cancellation);
        var there = await StreamAsync(forward, "", proxy, bench.Options.Duration, cancellation);
        var back = await StreamAsync(new Iperf(bench.Cpus.Load, Reverse: true), "reverse_", proxy, bench.Options.Duration, cancellation);
        return there.With(back);
    }

    private static async Task<Reading> StreamAsync(
        Iperf iperf,
        string prefix,
        ProxyProcess proxy,
        TimeSpan duration,
        CancellationToken cancellation)
    {
        var window = MeasuredWindow.Open(proxy);
        var report = await iperf.RunAsync(proxy.Endpoint, duration, cancellation);
        window.Close();
        List<(string, double)> values = [(prefix + "gigabits", report.Gigabits)];
        if (proxy.Tree.Count > 0)
        {
            var gigabytes = report.Bytes / 1e9;
            values.Add((prefix + "cpu_ms_gb", window.CpuNanoseconds / 1e6 / gigabytes));
            if (!iperf.Reverse)
            {
                values.Add(("busy", window.Busy * 100));
                values.Add(("switches_gb", window.VoluntarySwitches / gigabytes));
                values.Add(("rss_mb", ResidentMemory.Read(proxy.Tree).RssBytes / 1e6));
            }
        }

        return Reading.Of(values) with { Disturbance = window.Disturbance };
    }
}
