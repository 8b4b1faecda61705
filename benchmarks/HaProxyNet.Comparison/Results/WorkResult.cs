using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Comparison.Results;

/// <summary>One work, all contenders.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Description">What was done, with which load.</param>
/// <param name="Metrics">The columns.</param>
/// <param name="Contenders">The rows.</param>
internal sealed record WorkResult(
    string Name, string Description, IReadOnlyList<Metric> Metrics, IReadOnlyList<ContenderResult> Contenders)
{
    /// <summary>HaProxyNet's row; null when it did not run.</summary>
    public ContenderResult? Ours
        => Contenders.FirstOrDefault(contender => contender.Role == ContenderRole.Ours && contender.Readings.Count > 0);

    /// <summary>The peers' rows.</summary>
    public IEnumerable<ContenderResult> Peers => Contenders.Where(contender => contender.Role == ContenderRole.Peer);

    /// <summary>The metric with this key.</summary>
    public Metric? Find(string key) => Metrics.FirstOrDefault(metric => metric.Key == key);

    /// <summary>
    /// The peer (of one product, or of any) with the lowest median. Null when a peer that was too noisy may have been better: leaving it
    /// out would flatter us.
    /// </summary>
    public MetricSummary? BestPeer(Metric metric, string? product = null)
    {
        var peers = Peers.Where(peer => product is null || peer.Product == product)
            .Select(peer => peer.Summarize(metric))
            .OfType<MetricSummary>()
            .ToLookup(summary => summary.Noise is null);
        return peers[true].MinBy(summary => summary.Spread.Median) is { } best
            && peers[false].All(noisy => noisy.Spread.Interval.Low > best.Spread.Median)
            ? best
            : null;
    }
}
