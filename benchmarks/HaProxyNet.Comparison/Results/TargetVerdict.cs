namespace HaProxyNet.Comparison.Results;

/// <summary>A target and what came of it.</summary>
/// <param name="Target">The target.</param>
/// <param name="Measured">The ratio or figure; null when there is none.</param>
/// <param name="Reached">Null when nothing was measured.</param>
/// <param name="Remark">Against whom, or why there is no figure.</param>
internal sealed record TargetVerdict(Target Target, double? Measured, bool? Reached, string Remark)
{
    /// <summary>Whether more rounds might turn the verdict: the bound is among the ratios that the rounds allow.</summary>
    public bool IsWithinNoise { get; init; }

    /// <summary>Holds a result against a target.</summary>
    public static TargetVerdict Of(Target target, IReadOnlyList<WorkResult> works)
    {
        if (works.FirstOrDefault(work => work.Name == target.Work) is not { } work || work.Find(target.Metric) is not { } metric)
        {
            return Unknown(target, "not part of this run");
        }

        if (work.Ours?.Summarize(metric) is not { } ours)
        {
            return Unknown(target, work.Ours is null ? "HaProxyNet did not run" : "HaProxyNet does not tell");
        }

        if (ours.Noise is not null)
        {
            return Unknown(target, "too noisy: " + ours.Noise);
        }

        if (target.Against == TargetReference.Nothing)
        {
            return new TargetVerdict(
                target, ours.Spread.Median, ours.Spread.Median <= target.AtMost, $"{ours.Spread.Min:0.##} to {ours.Spread.Max:0.##}");
        }

        var (peer, summary) = Peer(target, work, metric);
        if (summary is null || Ratio.Of(ours, summary) is not { } ratio)
        {
            return Unknown(target, "no peer figure without noise");
        }

        return new TargetVerdict(
            target,
            ratio.OfMedians,
            ratio.OfMedians <= target.AtMost,
            $"against {peer}; by round, 95 %: {ratio.Interval.Low:0.00} to {ratio.Interval.High:0.00}")
        {
            IsWithinNoise = ratio.Interval.Contains(target.AtMost),
        };
    }

    private static (string Name, MetricSummary? Summary) Peer(Target target, WorkResult work, Metric metric)
    {
        if (target.Against == TargetReference.Contender)
        {
            return (target.Reference!, work.Contenders.FirstOrDefault(contender => contender.Name == target.Reference)?.Summarize(metric));
        }

        var best = work.BestPeer(metric, target.Against == TargetReference.BestOfProduct ? target.Reference : null);
        var name = work.Peers.FirstOrDefault(peer => best is not null
            && peer.Summarize(metric)?.Samples.SequenceEqual(best.Samples) == true)?.Name;
        return (name ?? "", best);
    }

    private static TargetVerdict Unknown(Target target, string remark) => new(target, null, null, remark);
}
