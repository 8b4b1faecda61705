using System.Globalization;
using System.Text.Json;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Failover;

/// <summary>
/// The primary is killed, and in another run black-holed, under an open-loop load. Each run has a network namespace of its own, where
/// packets may be dropped without harm to the machine.
/// </summary>
internal sealed class FailoverWork : IWork
{
    private bool _canIsolate = true;

    /// <inheritdoc/>
    public string Name => "failover";

    /// <inheritdoc/>
    public string Description =>
        "100 requests/s by the clock, a connection each, clients patient for 15 s; after 2 s the primary is killed (or its packets are "
            + "dropped), after 9 s it is back, " +
        "after 19 s the load ends. Failed: no answer to a request that was sent after the primary had gone. Cut in flight: no answer to "
            + "one that was under way while it went. " +
        "The baseline talks to the agent that nothing happens to" +
        (_canIsolate ? "" : ". Black hole left out: dropping packets needs root, or a system that allows unprivileged user namespaces");

    /// <inheritdoc/>
    public IReadOnlyList<string> Tools => ["unshare", "ip", "nft", "taskset"];

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => FailoverMetrics.All;

    /// <inheritdoc/>
    public async Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation)
    {
        _canIsolate = (await Tool.RunAsync([], "unshare", [.. Isolation(), "true"], cancellation)).ExitCode == 0;
        return new NoBackend();
    }

    /// <inheritdoc/>
    public async Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
    {
        var refused = await RunCellAsync(bench, contender, FaultKind.Refused, cancellation);
        return _canIsolate ? refused.With(await RunCellAsync(bench, contender, FaultKind.BlackHole, cancellation)) : refused;
    }

    // Without root, a user namespace in which we are root serves as well, where the system allows one.
    private static IEnumerable<string> Isolation() =>
        Environment.UserName == "root" ? ["--net", "--"] : ["--net", "--map-root-user", "--"];

    private async Task<Reading> RunCellAsync(Bench bench, Contender contender, FaultKind fault, CancellationToken cancellation)
    {
        var options = bench.Options;
        List<string> arguments =
        [
            .. SelfInvocation.Arguments, "failover-cell", contender.Name, fault.ToString(),
            "--threads", options.Threads.ToString(CultureInfo.InvariantCulture), "--engine", options.Engine, "--allowed-cpus",
            options.AllowedCpus!,
        ];
        if (options.ProxyPath is { } proxy)
        {
            arguments.AddRange(["--proxy", proxy]);
        }

        if (options.BeforePath is { } before)
        {
            arguments.AddRange(["--before", before]);
        }

        foreach (var file in options.PeerFiles)
        {
            arguments.AddRange(["--peer-file", file]);
        }

        var (program, words) = _canIsolate
            ? ("unshare", [.. Isolation(), Environment.ProcessPath!, .. arguments])
            : (Environment.ProcessPath!, arguments);
        var output = (await Tool.RunAsync(bench.Cpus.Load, program, words, cancellation)).Expect($"{contender.Name}, {fault}");
        return new Reading(JsonSerializer.Deserialize<Dictionary<string, double>>(output.Trim().Split('\n')[^1])!, null);
    }
}
