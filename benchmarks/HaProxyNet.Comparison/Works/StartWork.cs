using System.Diagnostics;
using System.Net.Sockets;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>From the start of the process to the first reply through it.</summary>
internal sealed class StartWork : IWork
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public string Description
        => "from the start of the process to the first reply through it (a client tries every millisecond), then its memory";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["nginx", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Wait("first_reply_ms", "first reply", "ms") with { IsHeadline = true },
        Metric.Cost("rss_mb", "RSS after it", "MB"),
        Metric.Cost("pss_mb", "PSS after it", "MB"),
        Metric.Wait("cpu_ms", "CPU until then", "ms"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation) => HttpBackend.StartAsync(bench, cancellation);

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var setup = bench.Setup(backend.Primary, backend.Secondary);
        var start = Stopwatch.GetTimestamp();
        await using var daemon = contender.Launch(setup);
        if (daemon is null)
        {
            return Reading.Of();
        }

        var buffer = new byte[16_384];
        while (!Answers(setup, buffer))
        {
            if (daemon.HasExited || Stopwatch.GetElapsedTime(start) > _patience)
            {
                throw new ComparisonException($"{contender.Name} does not answer: {daemon.LastWords()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellation);
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        var tree = daemon.Tree();
        var memory = ResidentMemory.Read(tree);
        return Reading.Of(
            ("first_reply_ms", elapsed.TotalMilliseconds),
            ("rss_mb", memory.RssBytes / 1e6),
            ("pss_mb", memory.PssBytes / 1e6),
            ("cpu_ms", ProcessUsage.Read(tree).CpuNanoseconds / 1e6));
    }

    private static bool Answers(ProxySetup setup, byte[] buffer)
    {
        try
        {
            using var socket = HttpExchange.Connect(setup.Listen);
            return HttpExchange.Exchange(socket, buffer, close: true);
        }
        catch (SocketException)
        {
            // Not yet.
            return false;
        }
    }
}
