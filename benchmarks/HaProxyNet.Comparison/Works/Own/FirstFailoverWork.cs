using System.Diagnostics;
using System.Text.Json.Nodes;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Load;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>
/// The primary stops listening, and the next client's wait is measured: for the first time in the life of a process that has slept for
/// <c>--warm-up</c>, and then for later times.
/// </summary>
internal sealed class FirstFailoverWork : IWork
{
    private const int Later = 8;

    /// <inheritdoc/>
    public string Name => "first-failover";

    /// <inheritdoc/>
    public bool IsOurs => true;

    /// <inheritdoc/>
    public string Description
        => $"a client's call when the primary has begun to refuse: the first in a process's life, and the median of {Later} later ones; "
            + "--warm-up is how long the process has slept";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Wait("first_ms", "first failover", "ms") with { IsHeadline = true },
        Metric.Wait("later_ms", "a later one", "ms"),
        Metric.Wait("first_cpu_ms", "CPU of the first", "ms"),
        Metric.Wait("later_cpu_ms", "CPU of a later one", "ms"),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation)
        => Task.FromResult<IBackend>(new BytePair(listens: true));

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var pair = (BytePair)backend;
        var setup = bench.Setup(pair.Primary, pair.Secondary);
        var configuration = OwnConfiguration.Pair(setup);
        configuration["HaProxyNet"]!["Clusters"]!["pair0"]!["Health"] = new JsonObject { ["HoldDown"] = "00:00:00" };
        setup = setup with { Configuration = configuration.ToJsonString() };
        await using var proxy = await ProxyProcess.StartAsync(contender, setup, cancellation);
        using var admin = new AdminClient(setup);
        await admin.IsReadyAsync(cancellation);
        await Task.Delay(bench.Options.WarmUp, cancellation);
        List<(double Wait, double Cpu)> failovers = [];
        for (var number = 0; number <= Later; number++)
        {
            pair.StopPrimary();
            failovers.Add(Call(proxy));
            pair.StartPrimary();
            await ServesAgainAsync(admin, cancellation);
        }

        var later = failovers[1..];
        return Reading.Of(
            ("first_ms", failovers[0].Wait),
            ("later_ms", Median(later.Select(one => one.Wait))),
            ("first_cpu_ms", failovers[0].Cpu),
            ("later_cpu_ms", Median(later.Select(one => one.Cpu))));
    }

    /// <summary>A byte there and one back.</summary>
    private static (double Wait, double Cpu) Call(ProxyProcess proxy)
    {
        var before = ProcessUsage.Read(proxy.Tree).CpuNanoseconds;
        var began = Stopwatch.GetTimestamp();
        using var client = HttpExchange.Connect(proxy.Endpoint);
        client.Send([1]);
        if (client.Receive(new byte[1]) != 1)
        {
            throw new ComparisonException("The call was not answered.");
        }

        var wait = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return (wait, (ProcessUsage.Read(proxy.Tree).CpuNanoseconds - before) / 1e6);
    }

    private static async Task ServesAgainAsync(AdminClient admin, CancellationToken cancellation)
    {
        while (!(await admin.GetAsync("metrics", cancellation)).Contains(
            "haproxynet_active_destination{cluster=\"pair0\",destination=\"primary\"} 1", StringComparison.Ordinal))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellation);
        }
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Later / 2);
}
