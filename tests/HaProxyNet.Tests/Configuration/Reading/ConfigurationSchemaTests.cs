using System.Text.Json.Nodes;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ConfigurationSchemaTests
{
    private static readonly JsonNode _schema = JsonNode.Parse(ConfigurationSchema.Export())!;

    private static JsonNode Proxy => _schema["properties"]!["HaProxyNet"]!;

    private static JsonNode Listener => Proxy["properties"]!["Listeners"]!["additionalProperties"]!;

    [Fact]
    public void Export_Root_DraftAndTopKeys()
    {
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (string?)_schema["$schema"]);
        Assert.Equal(["$schema", "Logging", "HaProxyNet"], _schema["properties"]!.AsObject().Select(key => key.Key));
    }

    [Fact]
    public void Export_ObjectsWithKnownKeys_AllowNoOthers()
    {
        var objects = Nodes(_schema).Where(node => node["properties"] is JsonObject).ToArray();
        Assert.NotEmpty(objects);
        Assert.All(objects, node => Assert.False((bool)node["additionalProperties"]!));
    }

    [Fact]
    public void Export_Settings_HaveDefaultsRangesAndDescriptions()
    {
        var connections = Listener["properties"]!["MaxConnections"]!;
        Assert.Equal((20_000, 1), ((int)connections["default"]!, (int)connections["minimum"]!));
        Assert.Equal("00:00:30", (string?)Proxy["properties"]!["ShutdownTimeout"]!["default"]);
        Assert.Equal(["Endpoint"], Listener["required"]!.AsArray().Select(name => (string?)name));
        var settings = Nodes(_schema).Select(node => node["properties"]).OfType<JsonObject>().SelectMany(properties => properties);
        Assert.All(settings, setting => Assert.False(string.IsNullOrEmpty((string?)setting.Value!["description"]), setting.Key));
    }

    [Fact]
    public void Export_DefaultsReadBack_NoFault()
    {
        foreach (var key in (string[])["ConnectTimeout", "IdleTimeout"])
        {
            var value = Proxy["properties"]!["Clusters"]!["additionalProperties"]!["properties"]![key]!["default"]!;
            Assert.Empty(ConfigurationSample.FaultsOf(ConfigurationSample.With($"Clusters.iqservice.{key}", value.ToJsonString())));
        }
    }

    private static IEnumerable<JsonObject> Nodes(JsonNode? node) => node switch
    {
        JsonObject schema => schema.SelectMany(child => Nodes(child.Value)).Prepend(schema),
        JsonArray list => list.SelectMany(Nodes),
        _ => [],
    };
}
