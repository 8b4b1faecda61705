using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Comparison.Failover;

/// <summary>The figures of the failover work, for each fault.</summary>
internal static class FailoverMetrics
{
    /// <summary>The columns.</summary>
    public static readonly IReadOnlyList<Metric> All =
    [
        .. For(FaultKind.Refused, "killed"),
        .. For(FaultKind.BlackHole, "black hole"),
    ];

    /// <summary>What the keys of a fault begin with.</summary>
    public static string Prefix(FaultKind fault) => fault == FaultKind.Refused ? "refused_" : "blackhole_";

    private static IEnumerable<Metric> For(FaultKind fault, string name)
    {
        var prefix = Prefix(fault);
        return
        [
            new(prefix + "failed", $"{name}: failed", "") { IsHeadline = true },
            new(prefix + "cut", $"{name}: cut in flight", ""),
            new(prefix + "replayed", $"{name}: executed twice", ""),
            new(prefix + "worst_ms", $"{name}: worst wait", "ms"),
            new(prefix + "p999_ms", $"{name}: p99.9", "ms"),
            new(prefix + "added_ms", $"{name}: worst added wait", "ms"),
            new(prefix + "first_second_ms", $"{name}: worst added wait, first second", "ms"),
            new(prefix + "back_ms", $"{name}: primary used again after", "ms"),
            new(prefix + "empty", $"{name}: accepted without a request", ""),
        ];
    }
}
