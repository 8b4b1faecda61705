using System.Net;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>5,000 destinations that refuse: what asking them again and again costs.</summary>
internal sealed class DownWork : IWork
{
    private const int Clusters = 2500;

    /// <inheritdoc/>
    public string Name => "down";

    /// <inheritdoc/>
    public bool IsOurs => true;

    /// <inheritdoc/>
    public string Description => $"{2 * Clusters:N0} destinations that refuse, no client; --warm-up is the time until all are found down";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; } =
    [
        Metric.Cost("busy", "CPU", "% of a core") with { IsHeadline = true },
        Metric.Fact("down", "destinations down", ""),
    ];

    /// <inheritdoc/>
    public Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation)
        => Task.FromResult<IBackend>(new BytePair(listens: false));

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var setup = bench.Setup(backend.Primary, backend.Secondary);
        var large = OwnConfiguration.Large(setup, Clusters, static () => new(IPAddress.Loopback, FreePorts.Next()));
        setup = setup with { Configuration = large.ToJsonString() };
        await using var proxy = await ProxyProcess.StartAsync(contender, setup, cancellation);
        using var admin = new AdminClient(setup);
        await Task.Delay(bench.Options.WarmUp, cancellation);
        var window = MeasuredWindow.Open(proxy);
        await Task.Delay(bench.Options.Duration, cancellation);
        window.Close();

        // Only now: a scrape of so many costs more than what is measured.
        var up = await admin.SumAsync("haproxynet_destination_up", cancellation);
        var reading = Reading.Of(("busy", window.Busy * 100), ("down", (2 * Clusters) - up));
        return reading with { Disturbance = window.Disturbance };
    }
}
