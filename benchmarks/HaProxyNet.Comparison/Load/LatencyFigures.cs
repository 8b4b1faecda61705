namespace HaProxyNet.Comparison.Load;

/// <summary>Percentiles of a load, in microseconds.</summary>
internal sealed record LatencyFigures(double P50, double P99, double P999, double Max)
{
    /// <summary>From single latencies; nearest rank, so every figure is one that happened.</summary>
    public static LatencyFigures Of(IEnumerable<double> microseconds)
    {
        var sorted = microseconds.Order().ToArray();
        return sorted.Length == 0
            ? new LatencyFigures(double.NaN, double.NaN, double.NaN, double.NaN)
            : new LatencyFigures(At(sorted, 0.5), At(sorted, 0.99), At(sorted, 0.999), sorted[^1]);
    }

    private static double At(double[] sorted, double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
}
