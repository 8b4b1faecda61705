namespace HaProxyNet.Comparison.Results;

/// <summary>Our cost divided by a peer's.</summary>
/// <param name="OfMedians">Ratio of the medians: the figure that targets are checked against.</param>
/// <param name="Interval">Where the median of the ratios of single rounds lies, with 95 %: contenders of one round ran minutes apart at
/// most.</param>
internal sealed record Ratio(double OfMedians, MedianInterval Interval)
{
    /// <summary>Null when either side was too noisy or the peer's cost is 0.</summary>
    public static Ratio? Of(MetricSummary ours, MetricSummary peer)
    {
        if (ours.Noise is not null || peer.Noise is not null || peer.Spread.Median == 0)
        {
            return null;
        }

        var rounds = ours.Samples.Zip(peer.Samples, (mine, theirs) => mine / theirs).ToList();
        return new Ratio(ours.Spread.Median / peer.Spread.Median, MedianInterval.Of(rounds));
    }
}
