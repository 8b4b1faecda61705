using System.Net;
using System.Net.Security;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>What a connection weighs whose TLS ends at the proxy, that has said something once and is silent now.</summary>
internal sealed class TlsIdleWork : IWork
{
    private const int Connections = 500;

    // Before the first reading, so that only connections grow.
    private const int ExchangesBefore = 200;
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "tls-idle";

    /// <inheritdoc/>
    public bool IsTls => true;

    /// <inheritdoc/>
    public string Description =>
        $"{Connections:N0} TLS 1.3 connections ended at the proxy, one exchange each, then silence: growth of the proxy's memory, measured "
            + $"after {_settle.TotalSeconds:0} s";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("rss_bytes", "RSS an idle connection", "B") with { IsHeadline = true },
        Metric.Fact("rss_before_mb", "RSS before", "MB"),
        Metric.Fact("rss_after_mb", "RSS with all connections", "MB"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.TlsSetup(backend.Primary, backend.Secondary), cancellation);
        for (var exchange = 0; exchange < ExchangesBefore; exchange++)
        {
            await using var stream = await OpenAsync(proxy.Endpoint, cancellation);
        }

        await Task.Delay(_settle, cancellation);
        var before = ResidentMemory.Read(proxy.Tree);
        var held = new List<SslStream>(Connections);
        try
        {
            for (var connection = 0; connection < Connections; connection++)
            {
                held.Add(await OpenAsync(proxy.Endpoint, cancellation));
            }

            await Task.Delay(_settle, cancellation);
            var after = ResidentMemory.Read(proxy.Tree);
            return Reading.Of(
                ("rss_bytes", (double)(after.RssBytes - before.RssBytes) / Connections),
                ("rss_before_mb", before.RssBytes / 1e6),
                ("rss_after_mb", after.RssBytes / 1e6));
        }
        finally
        {
            held.ForEach(stream => stream.Dispose());
        }
    }

    /// <summary>A connection that has had its first exchange.</summary>
    private static async Task<SslStream> OpenAsync(IPEndPoint target, CancellationToken cancellation)
    {
        var stream = new SslStream(new System.Net.Sockets.NetworkStream(HttpExchange.Connect(target), ownsSocket: true));
        await stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = TlsFiles.ServerName,

                // The certificate was made for this run: who it is, not who has issued it, is what counts.
                RemoteCertificateValidationCallback =
                    static (_, certificate, _, _) => certificate is { Subject: $"CN={TlsFiles.ServerName}" },
            },
            cancellation);
        return await HttpExchange.ExchangeAsync(stream, cancellation)
            ? stream
            : throw new ComparisonException("A connection was closed before its reply.");
    }
}
