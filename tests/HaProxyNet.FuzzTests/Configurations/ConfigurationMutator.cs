using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>
/// Makes files that nearly are configurations: values, keys, types, depth, text, encodings, and variables of the environment.
/// </summary>
internal sealed class ConfigurationMutator(Random random, params int[] ports)
{
    private const int MostChanges = 4;
    private static readonly JsonSerializerOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<(string Mark, string Raw)> _raw = [];

    /// <summary>The next one.</summary>
    public FuzzedConfiguration Next()
    {
        _raw.Clear();
        JsonNode tree = ConfigurationModel.Make(ports);
        for (var changes = random.Next(MostChanges); changes >= 0; changes--)
        {
            Change(tree);
        }

        var text = _raw.Aggregate(tree.ToJsonString(_plain), (json, raw) => json.Replace(raw.Mark, raw.Raw, StringComparison.Ordinal));
        return new(Encode(random.Next(8) == 0 ? ChangeText(text) : text), Environment(tree));
    }

    private void Change(JsonNode tree)
    {
        var nodes = Nodes(tree).ToList();
        var node = nodes[random.Next(nodes.Count)];
        switch (random.Next(8))
        {
            case 0 when node is JsonObject named:
                named[Pick(StrangeValues.Keys) + random.Next(3)] = Mark();
                break;
            case 1 when node is JsonObject { Count: > 0 } named:
                named.Remove(named.ElementAt(random.Next(named.Count)).Key);
                break;
            case 2 when node is JsonArray list:
                list.Add(random.Next(2) == 0 || list.Count == 0 ? Mark() : list[random.Next(list.Count)]?.DeepClone());
                break;
            case 3 when node.Parent is JsonObject parent:
                // The same key again, as .NET compares them.
                parent[random.Next(2) == 0 ? node.GetPropertyName().ToUpperInvariant() : Pick(StrangeValues.Keys)] = node.DeepClone();
                break;
            default:
                Replace(node, Mark());
                break;
        }
    }

    private static void Replace(JsonNode node, JsonNode by)
    {
        switch (node.Parent)
        {
            case JsonObject parent:
                parent[node.GetPropertyName()] = by;
                break;
            case JsonArray list:
                list[node.GetElementIndex()] = by;
                break;
        }
    }

    /// <summary>A place for a piece of text that a tree cannot hold.</summary>
    private JsonValue Mark()
    {
        var mark = $"@{_raw.Count}@";
        var raw = random.Next(40) switch
        {
            0 => string.Concat(Enumerable.Repeat("[", random.Next(200))) + string.Concat(Enumerable.Repeat("]", random.Next(200))),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", random.Next(120))) + "1" + new string('}', random.Next(120)),
            2 => "\""
                + new string((char)random.Next('!', '~'), random.Next(100_000))
                    .Replace("\\", "", StringComparison.Ordinal)
                    .Replace("\"", "", StringComparison.Ordinal)
                + "\"",
            3 => $"\"\\u{random.Next(0x10000):x4}\"",
            4 => random.NextInt64().ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => Pick(StrangeValues.Json),
        };
        _raw.Add(($"\"{mark}\"", raw));
        return JsonValue.Create(mark);
    }

    private string ChangeText(string text)
    {
        var at = random.Next(text.Length);
        return random.Next(6) switch
        {
            0 => text[..at],
            1 => text.Insert(at, Pick(StrangeValues.Json)),
            2 => text.Remove(at, Math.Min(random.Next(30), text.Length - at)),
            3 => text.Insert(at, ((char)random.Next(0x10000)).ToString()),
            4 => $"// comment\n{text}/* end",
            _ => text + text,
        };
    }

    private byte[] Encode(string text)
    {
        switch (random.Next(20))
        {
            case 0:
                return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)];
            case 1:
                return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)];
            case 2:
                return Encoding.BigEndianUnicode.GetBytes(text);
            case 3:
                var broken = Encoding.UTF8.GetBytes(text);
                broken[random.Next(broken.Length)] = (byte)random.Next(256);
                return broken;
            default:
                return Encoding.UTF8.GetBytes(text);
        }
    }

    private List<KeyValuePair<string, string?>> Environment(JsonNode tree)
    {
        var variables = new List<KeyValuePair<string, string?>>();
        while (random.Next(4) == 0)
        {
            var nodes = Nodes(tree).ToList();
            var path = nodes[random.Next(nodes.Count)].GetPath().Replace("$.", "", StringComparison.Ordinal).Replace('.', ':')
                .Replace("[", ":", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
            variables.Add(new(random.Next(5) == 0 ? $"HaProxyNet:{Pick(StrangeValues.Keys)}" : path, Pick(StrangeValues.Text)));
        }

        return [.. variables.DistinctBy(v => v.Key, StringComparer.OrdinalIgnoreCase)];
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode node) => node switch
    {
        JsonObject named => named.Select(child => child.Value).OfType<JsonNode>().SelectMany(Nodes).Prepend(named),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Nodes).Prepend(list),
        _ => [node],
    };

    private string Pick(string[] from) => from[random.Next(from.Length)];
}
