using System.Globalization;
using System.Text.RegularExpressions;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>One scrape of the proxy's metrics.</summary>
internal sealed partial class MetricsReading(string text)
{
    public string Text { get; } = text;

    /// <summary>The sum of all series of a family whose labels have these values; 0 when there is none.</summary>
    public double Sum(string family, params (string Label, string Value)[] labels) => Text.Split('\n')
        .Select(line => Series().Match(line))
        .Where(match => match.Success && match.Groups["name"].Value == "haproxynet_" + family)
        .Where(match =>
            labels.All(label => match.Groups["labels"].Value.Contains($"{label.Label}=\"{label.Value}\"", StringComparison.Ordinal)))
        .Sum(match => double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex("""^(?<name>[a-z_]+)(\{(?<labels>[^}]*)\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Series();
}
