using System.Net.Sockets;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>What a connection weighs that has said something once and is silent now.</summary>
internal sealed class IdleWork : IWork
{
    private const int Connections = 3000;

    // One after the other before the first reading, so that code and tables that every connection uses are there and only connections grow.
    private const int ExchangesBefore = 2000;
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "idle";

    /// <inheritdoc/>
    public string Description
        => $"{Connections:N0} connections, one exchange each, then silence: growth of the proxy's memory, measured "
            + $"after {_settle.TotalSeconds:0} s";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("rss_bytes", "RSS an idle connection", "B") with { IsHeadline = true },
        Metric.Cost("pss_bytes", "PSS an idle connection", "B"),
        Metric.Fact("rss_before_mb", "RSS before", "MB"),
        Metric.Fact("rss_after_mb", "RSS with all connections", "MB"),
        Metric.Fact("wakeups_second", "wake-ups a second while idle", ""),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        await using var proxy = await ProxyProcess.StartAsync(contender, bench.Setup(backend.Primary, backend.Secondary), cancellation);
        if (proxy.Tree.Count == 0)
        {
            return Reading.Of();
        }

        var buffer = new byte[16_384];
        for (var exchange = 0; exchange < ExchangesBefore; exchange++)
        {
            using var socket = HttpExchange.Connect(proxy.Endpoint);
            ExpectReply(HttpExchange.Exchange(socket, buffer, close: true));
        }

        await Task.Delay(_settle, cancellation);
        var before = ResidentMemory.Read(proxy.Tree);
        var held = new List<Socket>(Connections);
        try
        {
            for (var connection = 0; connection < Connections; connection++)
            {
                held.Add(HttpExchange.Connect(proxy.Endpoint));
                ExpectReply(HttpExchange.Exchange(held[^1], buffer, close: false));
            }

            await Task.Delay(_settle, cancellation);
            var after = ResidentMemory.Read(proxy.Tree);
            var window = MeasuredWindow.Open(proxy);
            await Task.Delay(_settle, cancellation);
            window.Close();
            return Reading.Of(
                ("rss_bytes", (double)(after.RssBytes - before.RssBytes) / Connections),
                ("pss_bytes", (double)(after.PssBytes - before.PssBytes) / Connections),
                ("rss_before_mb", before.RssBytes / 1e6),
                ("rss_after_mb", after.RssBytes / 1e6),
                ("wakeups_second", window.VoluntarySwitches / _settle.TotalSeconds));
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }

    private static void ExpectReply(bool answered)
    {
        if (!answered)
        {
            throw new ComparisonException("A connection was closed before its reply.");
        }
    }
}
