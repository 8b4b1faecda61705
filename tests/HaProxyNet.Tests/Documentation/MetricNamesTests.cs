using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// docs/metrics.md has a row for every metric, with its labels, and no other; and every query of the documentation asks for a metric that
/// exists.
/// </summary>
public sealed partial class MetricNamesTests
{
    private static readonly Dictionary<string, string> _families =
        Family().Matches(File.ReadAllText(Path.Combine(SourceFile.Root(), "src", "HaProxyNet", "Telemetry", "ProxyMetrics.cs")))
            .ToDictionary(
                m => m.Groups["name"].Value,
                m => string.Join(", ", Label().Matches(m.Groups["labels"].Value).Select(l => l.Groups["label"].Value)),
                StringComparer.Ordinal);

    [Fact]
    public void EveryMetric_HasARow_WithItsLabels()
    {
        var rows = File.ReadLines(Path.Combine(SourceFile.Root(), "docs", "metrics.md"))
            .Select(line => Row().Match(line)).Where(m => m.Success)
            .SelectMany(
                m => Name().Matches(m.Groups["names"].Value).Select(n => $"{n.Groups["name"].Value}: {m.Groups["labels"].Value.Trim()}"));

        Assert.NotEmpty(_families);
        Assert.Equal(_families.Select(f => $"{f.Key}: {f.Value}").Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void EveryQuery_AsksForAMetricThatExists()
    {
        var pages = Directory.EnumerateFiles(SourceFile.Root(), "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs"), "*.md"))
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "samples"), "*.yaml", SearchOption.AllDirectories));
        var unknown = pages.SelectMany(
            page => Query().Matches(File.ReadAllText(page)).Select(m => (Page: Path.GetFileName(page), Name: m.Groups["name"].Value)))
            .Where(asked => !IsKnown(asked.Name)).Distinct();

        Assert.Empty(unknown);
    }

    /// <summary>A family, a series of a histogram, or the beginning of names, as in <c>haproxynet_</c>.</summary>
    private static bool IsKnown(string name)
        => name.Length == 0 || _families.Keys.Any(
            family => name == family || name == $"{family}_bucket" || name == $"{family}_sum" || name == $"{family}_count");

    [GeneratedRegex(
        """(Counter|Gauge|Times)\(\s*"(?<name>[a-z_]+)",\s+("haproxynet[^"]*",\s+)?"[^"]*"(\s+\+ "[^"]*")*(?<labels>(,\s+"[a-z_]+")*)\)""",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Family();

    [GeneratedRegex("""
        "(?<label>[a-z_]+)"
        """, RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Label();

    [GeneratedRegex(@"^\| (?<names>`[a-z_]+`(, `[a-z_]+`)*) \|(?<labels>[a-z_, ]*)\|", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<name>[a-z_]+)`", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\bhaproxynet_(?<name>[a-z_]*)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Query();
}
