namespace HaProxyNet.Comparison.Results;

/// <summary>What a contender did in one work.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Product">Its product.</param>
/// <param name="Role">Its part in ratios.</param>
/// <param name="Readings">One a round.</param>
/// <param name="Fault">Why it could not do the work (or not all rounds); null when it did.</param>
internal sealed record ContenderResult(
    string Name, string Product, Contenders.ContenderRole Role, IReadOnlyList<Reading> Readings, string? Fault)
{
    /// <summary>The metric over all rounds; null when it does not apply.</summary>
    public MetricSummary? Summarize(Metric metric) => MetricSummary.Of(metric, Readings);
}
