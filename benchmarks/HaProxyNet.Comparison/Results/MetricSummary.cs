namespace HaProxyNet.Comparison.Results;

/// <summary>A metric of a contender over all rounds.</summary>
/// <param name="Metric">Which.</param>
/// <param name="Samples">One a round, in the order of the rounds.</param>
/// <param name="Spread">Their median and spread.</param>
/// <param name="Noise">Why the median must not be used; null when it may.</param>
internal sealed record MetricSummary(Metric Metric, IReadOnlyList<double> Samples, Spread Spread, string? Noise)
{
    /// <summary>Sums up readings; null when the metric does not apply to the contender.</summary>
    public static MetricSummary? Of(Metric metric, IReadOnlyList<Reading> readings)
    {
        var with = readings.Where(reading => reading.Values.ContainsKey(metric.Key)).ToList();
        if (with.Count == 0)
        {
            return null;
        }

        var samples = with.Select(reading => reading.Values[metric.Key]).ToList();
        var spread = Spread.Of(samples);
        return new MetricSummary(metric, samples, spread, NoiseOf(metric, spread, with.Count(reading => reading.Disturbance is not null)));
    }

    private static string? NoiseOf(Metric metric, Spread spread, int disturbed)
    {
        if (metric.NoiseBound is not { } bound)
        {
            return null;
        }

        if (spread.Uncertainty > bound)
        {
            return $"the median is only known to ±{spread.Uncertainty:P0}, allowed ±{bound:P0}";
        }

        return disturbed * 2 > spread.Count ? $"{disturbed} of {spread.Count} rounds disturbed by other processes or by the host" : null;
    }
}
