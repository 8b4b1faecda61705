using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Tests.Architecture;

namespace HaProxyNet.Tests.Documentation;

/// <summary>docs/configuration.md has a row for every key, and no other.</summary>
public sealed partial class ConfigurationKeysTests
{
    [Fact]
    public void EveryKey_HasARow()
    {
        var schema = JsonNode.Parse(ConfigurationSchema.Export())!["properties"]!["HaProxyNet"]!;
        var rows = File.ReadLines(Path.Combine(SourceFile.Root(), "docs", "configuration.md"))
            .Select(line => Row().Match(line)).Where(m => m.Success)
            .Select(m => m.Groups["key"].Value.Replace("….", "Clusters.NAME.", StringComparison.Ordinal));

        Assert.Equal(Keys(schema, "").Order(), rows.Order());
    }

    private static IEnumerable<string> Keys(JsonNode node, string path)
    {
        if (node["properties"] is JsonObject properties)
        {
            return properties.SelectMany(p => Keys(p.Value!, path.Length == 0 ? p.Key : $"{path}.{p.Key}"));
        }

        if (node["additionalProperties"] is JsonObject named)
        {
            return Keys(named, $"{path}.NAME");
        }

        return node["items"] is JsonObject items && items["properties"] is not null ? Keys(items, $"{path}[]").Append(path) : [path];
    }

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \|", RegexOptions.NonBacktracking)]
    private static partial Regex Row();
}
