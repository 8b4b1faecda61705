using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// The known keys: the properties of the options classes, described at compile time. The check for unknown keys, the
/// ranges and the JSON schema read this description, and the binder is generated from the same classes, so a key is
/// added in one place: as a property.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(ConfigurationDocument))]
internal sealed partial class ConfigurationKeys : JsonSerializerContext
{
    /// <summary>The property that a key names, in any case.</summary>
    public static JsonPropertyInfo? Find(JsonTypeInfo type, string key) =>
        type.Properties.FirstOrDefault(property => property.Name.Equals(key, StringComparison.OrdinalIgnoreCase));

    public static JsonTypeInfo TypeOf(JsonPropertyInfo property) => property.Options.GetTypeInfo(property.PropertyType);

    /// <summary>The type of the values of a list or of an object with free names.</summary>
    public static JsonTypeInfo ElementOf(JsonTypeInfo collection) => collection.Options.GetTypeInfo(collection.ElementType!);

    public static T? AttributeOf<T>(JsonPropertyInfo property)
        where T : Attribute =>
        property.AttributeProvider?.GetCustomAttributes(typeof(T), inherit: true).OfType<T>().FirstOrDefault();
}
