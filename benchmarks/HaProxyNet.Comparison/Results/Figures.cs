using System.Globalization;

namespace HaProxyNet.Comparison.Results;

/// <summary>Numbers for readers: three significant digits, thousands apart.</summary>
internal static class Figures
{
    /// <summary>A number without a unit.</summary>
    public static string Round(double value) => Math.Abs(value) switch
    {
        _ when !double.IsFinite(value) => "–",
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.#", CultureInfo.InvariantCulture),
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };

    /// <summary>A median with its range, or the words that say why there is none.</summary>
    public static string Cell(MetricSummary? summary) => summary switch
    {
        null => "–",
        { Noise: { } noise } => $"*too noisy: {noise}*",
        { Samples.Count: 1 } => Round(summary.Spread.Median),
        _ when summary.Spread.Min == summary.Spread.Max => Round(summary.Spread.Median),
        _ => $"{Round(summary.Spread.Median)} ({Round(summary.Spread.Min)}–{Round(summary.Spread.Max)})",
    };
}
