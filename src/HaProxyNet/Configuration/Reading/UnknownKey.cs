using System.Text.Json.Serialization.Metadata;

namespace HaProxyNet.Configuration.Reading;

/// <summary>Words for a key that nobody knows: what was meant, what is allowed there, or where it belongs.</summary>
internal static class UnknownKey
{
    /// <summary>The known keys of <paramref name="type"/> of which one was probably meant.</summary>
    public static IReadOnlyList<string> Meant(JsonTypeInfo type, string key) => NearestName.To(key, Names(type));

    public static string Problem(string key) => $"unknown key '{key}'";

    public static string Allowed(JsonTypeInfo type, string key)
    {
        var names = string.Join(", ", Names(type).Order(StringComparer.Ordinal));
        var here = $"Allowed here: {names}";
        if (NearestName.Question(key, Names(type)) is { } question)
        {
            return $"{question} {here}";
        }

        return Homes(ConfigurationKeys.Default.ProxyOptions, SettingPath.Root.Text, key).FirstOrDefault() is { } home
            ? $"it belongs in {home}. {here}"
            : char.ToLowerInvariant(here[0]) + here[1..];
    }

    private static IEnumerable<string> Names(JsonTypeInfo type) => type.Properties.Select(property => property.Name);

    /// <summary>The places where a key of this name is known.</summary>
    private static IEnumerable<string> Homes(JsonTypeInfo type, string path, string key) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.SelectMany(property =>
            property.Name.Equals(key, StringComparison.OrdinalIgnoreCase)
                ? [path]
                : Homes(ConfigurationKeys.TypeOf(property), $"{path}.{property.Name}", key)),
        JsonTypeInfoKind.Dictionary => Homes(ConfigurationKeys.ElementOf(type), $"{path}.NAME", key),
        JsonTypeInfoKind.Enumerable => Homes(ConfigurationKeys.ElementOf(type), $"{path}[N]", key),
        _ => [],
    };
}
