using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>
/// Requests behind a balancer, each on its own connection: once without PROXY headers and once with a v2 header that is accepted and one
/// that is sent on, in turn. What the headers cost is the difference.
/// </summary>
internal sealed class FrontedRpcWork : IWork
{
    private const int Connections = 16;

    /// <inheritdoc/>
    public string Name => "rpc-fronted";

    /// <inheritdoc/>
    public bool IsFronted => true;

    /// <inheritdoc/>
    public string Description =>
        $"HTTP, 2 KB reply, a connection per request, through HAProxy on the load's CPUs: wrk with {Connections} clients as fast as it goes"
            + "; PROXY v2 accepted and sent, against the same without headers. nginx takes no part: its stream module sends v1 only";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["haproxy", "nginx", "wrk", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("cpu_us", "CPU a connection with headers", "µs") with { IsHeadline = true },
        Metric.Cost("plain_cpu_us", "CPU without headers", "µs"),
        Metric.Fact("ratio", "with / without", ""),
        Metric.Fact("per_second", "requests/s with headers", "") with { NoiseBound = 0.10 },
        Metric.Fact("busy", "proxy's CPU busy", "%"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => FrontedBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var (plain, _) = await OneAsync(bench, (FrontedBackend)backend, contender, hasHeaders: false, cancellation);
        var (cpu, reading) = await OneAsync(bench, (FrontedBackend)backend, contender, hasHeaders: true, cancellation);
        return reading.With(Reading.Of(("plain_cpu_us", plain), ("ratio", cpu / plain)));
    }

    private static async Task<(double Cpu, Reading Reading)> OneAsync(
        Bench bench,
        FrontedBackend backend,
        Contender contender,
        bool hasHeaders,
        CancellationToken cancellation)
    {
        var pair = backend.Pair(hasHeaders);
        var setup = bench.Setup(pair.Primary, pair.Secondary) with { HasHeaders = hasHeaders };
        await using var proxy = await ProxyProcess.StartAsync(contender, setup, cancellation);
        await using var front = await FrontProxy.StartAsync(bench, proxy.Endpoint, hasHeaders, cancellation);
        var wrk = new Wrk(bench.Cpus.Load, Connections, true);
        await wrk.RunAsync(front.Endpoint, bench.Options.WarmUp, cancellation);
        var window = MeasuredWindow.Open(proxy);
        var report = await wrk.RunAsync(front.Endpoint, bench.Options.Duration, cancellation);
        window.Close();
        if (report.Errors > 0)
        {
            throw new ComparisonException($"{report.Errors} of {report.Requests} requests failed.");
        }

        var cpu = window.CpuNanoseconds / 1000 / report.Requests;
        var reading = Reading.Of(("cpu_us", cpu), ("per_second", report.Requests / report.Seconds), ("busy", window.Busy * 100));
        return (cpu, reading with { Disturbance = window.Disturbance });
    }
}
