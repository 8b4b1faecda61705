using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Reading;

/// <summary>The JSON schema of <c>haproxynet.json</c>, made from the same description as the check of its keys.</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonSchemaExporterOptions _exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    /// <summary>The schema as text (draft 2020-12): for editors, and for <c>check</c>s in somebody's pipeline.</summary>
    public static string Export()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "HaProxyNet configuration",
        };
        var exported = ConfigurationKeys.Default.ConfigurationDocument.GetJsonSchemaAsNode(_exporter).AsObject();
        foreach (var (key, value) in exported)
        {
            schema[key] = value?.DeepClone();
        }

        return Write(schema);
    }

    private static string Write(JsonObject schema)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(
            text, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            schema.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is not JsonObject schema)
        {
            return node;
        }

        if (context.TypeInfo.Kind == JsonTypeInfoKind.Dictionary)
        {
            schema["propertyNames"] = new JsonObject { ["pattern"] = SettingName.Pattern };
        }

        return context.PropertyInfo is { } property ? DescribeProperty(property, schema) : schema;
    }

    private static JsonObject DescribeProperty(JsonPropertyInfo property, JsonObject schema)
    {
        schema.Remove("$comment");
        if (ConfigurationKeys.AttributeOf<DescriptionAttribute>(property) is { } description)
        {
            schema.Insert(0, "description", description.Description);
        }

        ConfigurationKeys.AttributeOf<SettingRangeAttribute>(property)?.Describe(schema);
        if (!property.IsRequired && DefaultOf(property) is JsonValue value)
        {
            schema["default"] = value;
        }

        return schema;
    }

    /// <summary>What a new instance of the options class holds.</summary>
    private static JsonNode? DefaultOf(JsonPropertyInfo property)
    {
        var owner = property.Options.GetTypeInfo(property.DeclaringType).CreateObject!();
        return JsonSerializer.SerializeToNode(property.Get!(owner), ConfigurationKeys.TypeOf(property));
    }
}
