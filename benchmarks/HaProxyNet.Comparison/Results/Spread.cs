namespace HaProxyNet.Comparison.Results;

/// <summary>
/// Median and spread of a few samples. Quartiles are interpolated between the samples (type 7 of Hyndman and Fan, as in R and NumPy).
/// </summary>
internal sealed record Spread(int Count, double Median, double LowerQuartile, double UpperQuartile, double Min, double Max)
{
    /// <summary>Where the median of endless rounds lies.</summary>
    public required MedianInterval Interval { get; init; }

    /// <summary>
    /// How far it may be from the median of these samples, as a share of that: 0 when they are equal, infinite when only the median is 0.
    /// </summary>
    public double Uncertainty
        => Interval.Low == Interval.High ? 0 : Math.Max(Median - Interval.Low, Interval.High - Median) / Math.Abs(Median);

    /// <summary>Of one sample or more.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Spread Of(IReadOnlyCollection<double> samples)
    {
        if (samples.Count == 0)
        {
            throw new ArgumentException("A spread needs a sample.", nameof(samples));
        }

        var sorted = samples.Order().ToArray();
        return new Spread(sorted.Length, At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75), sorted[0], sorted[^1])
        {
            Interval = MedianInterval.Of(sorted),
        };
    }

    private static double At(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);

        // Not below + part * difference: an infinite sample must not make a finite quartile NaN.
        return position == below ? sorted[below] : sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
