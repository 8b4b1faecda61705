using System.Text.RegularExpressions;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Tests.Monitoring;

/// <summary>
/// Alerts and boards ask for nothing that does not exist: a query for a name that is spelled wrong is silent without end.
/// </summary>
public sealed partial class QueriesTests
{
    /// <summary>What every series has from its scrape.</summary>
    private static readonly string[] _fromScrape = ["job", "instance"];

    /// <summary>Series of the process, of the runtime and of Prometheus itself, with their labels.</summary>
    private static readonly Dictionary<string, string[]> _others = new(StringComparer.Ordinal)
    {
        ["up"] = [],
        ["process_start_time_seconds"] = [],
        ["process_cpu_seconds_total"] = [],
        ["process_working_set_bytes"] = [],
        ["process_num_threads"] = [],
        ["dotnet_collection_count_total"] = ["generation"],
    };

    private static readonly Dictionary<string, string[]> _ours = OurFamilies();

    [Fact]
    public void EveryQuery_ItsNamesAndLabelsExist()
    {
        var queries = MonitoringPack.Queries().ToList();

        Assert.True(queries.Count > 60);
        Assert.All(queries, query => Assert.Empty(ProblemsOf(query.Expression, query.Text).Select(problem => $"{query.Place}: {problem}")));
    }

    [Fact]
    public void EveryMetric_IsInTheDocumentation()
    {
        var page = File.ReadAllText(Path.Combine(Architecture.SourceFile.Root(), "docs", "metrics.md"));

        Assert.All(
            new ProxyMetrics().Families(),
            family => Assert.Contains($"`{family.Name["haproxynet_".Length..]}`", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("haproxynet_failover_total", "there is no haproxynet_failover_total")]
    [InlineData("sum by (clusters) (haproxynet_failovers_total)", "nothing in it has the label clusters")]
    [InlineData("haproxynet_failovers_total{destination=\"x\"}", "haproxynet_failovers_total has no label destination")]
    public void Query_SpelledWrong_IsFound(string query, string problem) => Assert.Equal([problem], ProblemsOf(query, ""));

    private static IEnumerable<string> ProblemsOf(string expression, string text)
    {
        var labels = new HashSet<string>(_fromScrape, StringComparer.Ordinal);
        foreach (var match in Selector().Matches(Grouping().Replace(Quoted().Replace(expression, "\"\""), "")).Cast<Match>())
        {
            var name = match.Groups["name"].Value;
            if (LabelsOf(name) is not { } known)
            {
                yield return $"there is no {name}";
                continue;
            }

            labels.UnionWith(known);
            foreach (var label in Matcher().Matches(match.Groups["labels"].Value).Select(m => m.Groups["label"].Value)
                .Where(l => !known.Contains(l) && !_fromScrape.Contains(l)))
            {
                yield return $"{name} has no label {label}";
            }
        }

        var used = Grouping()
            .Matches(expression)
            .SelectMany(m => m.Groups["labels"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                .Concat(Template().Matches(text).Select(m => m.Groups["label"].Value));
        foreach (var label in used.Distinct().Except(labels))
        {
            yield return $"nothing in it has the label {label}";
        }
    }

    private static string[]? LabelsOf(string name)
    {
        foreach (var suffix in (string[])["", "_bucket", "_sum", "_count"])
        {
            if (name.EndsWith(suffix, StringComparison.Ordinal) && _ours.GetValueOrDefault(name[..^suffix.Length]) is { } labels)
            {
                return suffix is "_bucket" ? [.. labels, "le"] : labels;
            }
        }

        return _others.GetValueOrDefault(name);
    }

    private static Dictionary<string, string[]> OurFamilies()
        => new ProxyMetrics().Families().ToDictionary(family => family.Name, family => family.LabelNames, StringComparer.Ordinal);

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.None, 60_000)]
    private static partial Regex Quoted();

    /// <summary>A name that is not a function's, with the labels that it is asked for.</summary>
    [GeneratedRegex(@"\b(?<name>(haproxynet_|process_|dotnet_)\w+|up)\b(\{(?<labels>[^}]*)\})?", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*[=!]", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\b(by|on|group_left) \((?<labels>[^)]*)\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\{\{\s*(\$labels\.)?(?<label>[a-z_]+)\s*\}\}", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Template();
}
