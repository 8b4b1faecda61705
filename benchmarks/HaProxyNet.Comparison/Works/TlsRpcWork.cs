using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>A full handshake, a request and its reply: what an RPC costs where TLS ends at the proxy.</summary>
internal sealed class TlsRpcWork : IWork
{
    private const int Clients = 8;

    /// <inheritdoc/>
    public string Name => "tls-rpc";

    /// <inheritdoc/>
    public bool IsTls => true;

    /// <inheritdoc/>
    public string Description =>
        "HTTP, 2 KB reply, a full TLS 1.3 handshake per request (X25519, P-256 certificate, AES-256-GCM), ended at the proxy, plain to "
            + $"the backend: {Clients} clients of openssl s_time as fast as they go";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "openssl", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("cpu_us", "CPU a handshake and RPC", "µs") with { IsHeadline = true },
        Metric.Fact("per_second", "handshakes/s", "") with { NoiseBound = 0.10 },
        Metric.Fact("busy", "proxy's CPU busy", "%"),
        Metric.Fact("rss_mb", "RSS under load", "MB"),
        Metric.Fact("switches", "voluntary switches a request", ""),
        Metric.Fact("managed_bytes", "managed bytes a request", "B"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.TlsSetup(backend.Primary, backend.Secondary), cancellation);
        var load = new TlsHandshakes(bench.Cpus.Load, Clients);
        await load.RunAsync(proxy.Endpoint, bench.Options.WarmUp, cancellation);
        var managedBefore = await proxy.ReadManagedBytesAsync(cancellation);
        var window = MeasuredWindow.Open(proxy);
        double requests = await load.RunAsync(proxy.Endpoint, bench.Options.Duration, cancellation);
        window.Close();
        var managedAfter = await proxy.ReadManagedBytesAsync(cancellation);
        List<(string, double)> values =
        [
            ("cpu_us", window.CpuNanoseconds / 1000 / requests),
            ("per_second", requests / bench.Options.Duration.TotalSeconds),
            ("busy", window.Busy * 100),
            ("switches", window.VoluntarySwitches / requests),
            ("rss_mb", ResidentMemory.Read(proxy.Tree).RssBytes / 1e6),
        ];
        if (managedAfter - managedBefore is { } managed)
        {
            values.Add(("managed_bytes", managed / requests));
        }

        return Reading.Of(values) with { Disturbance = window.Disturbance };
    }
}
