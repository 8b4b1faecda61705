using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Monitoring;

/// <summary>What samples/Monitoring holds, as far as tests ask: alerts, and queries with the names of their labels.</summary>
internal static partial class MonitoringPack
{
    public static string Folder { get; } = Path.Combine(SourceFile.Root(), "samples", "Monitoring");

    public static string Rules { get; } = File.ReadAllText(Path.Combine(Folder, "rules.yaml"));

    public static string RuleTests { get; } = File.ReadAllText(Path.Combine(Folder, "tests", "alerts.test.yaml"));

    /// <summary>Each alert, as the text of its rule.</summary>
    public static IReadOnlyDictionary<string, string> Alerts { get; } =
        Rules.Split("  - alert: ").Skip(1).ToDictionary(rule => rule.Split('"')[1], StringComparer.Ordinal);

    public static IReadOnlyList<string> Boards { get; } = [.. Directory.EnumerateFiles(Path.Combine(Folder, "dashboards"), "*.json")
        .Order(StringComparer.Ordinal)];

    /// <summary>Every query of the pack, with where it stands and the text that its labels are put into.</summary>
    public static IEnumerable<(string Place, string Expression, string Text)> Queries()
        => Alerts.Select(alert =>
            (alert.Key, Expression().Match(alert.Value).Groups["expr"].Value.Replace("\\\"", "\"", StringComparison.Ordinal), alert.Value))
            .Concat(Boards.SelectMany(QueriesOf));

    public static IEnumerable<(string Place, string Expression, string Text)> QueriesOf(string board)
    {
        var document = JsonNode.Parse(File.ReadAllText(board))!;
        foreach (var panel in document["panels"]!.AsArray())
        {
            foreach (var target in panel!["targets"]!.AsArray())
            {
                yield return ($"{Path.GetFileName(board)}: {panel["title"]}", (string)target!["expr"]!, (string)target["legendFormat"]!);
            }
        }

        foreach (var variable in document["templating"]!["list"]!.AsArray().Where(v => (string)v!["type"]! == "query"))
        {
            yield return ($"{Path.GetFileName(board)}: ${variable!["name"]}", (string)variable["query"]!["query"]!, "");
        }
    }

    [GeneratedRegex("""^    expr: "(?<expr>.*)"$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Expression();
}
