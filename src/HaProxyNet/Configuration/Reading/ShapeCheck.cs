using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using HaProxyNet.Configuration.Syntax;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// Holds configuration against the known keys: unknown ones, values where objects belong and the other way round, values
/// of the wrong type. What is left over is sound: it can be bound without an exception.
/// </summary>
internal sealed class ShapeCheck(FaultCollector faults, SettingOrigin origin)
{
    /// <summary>To .NET, a list is an object with the keys 0, 1, …: nothing can be named so.</summary>
    private const string FirstIndex = "0";

    private readonly Dictionary<string, string?> _sound = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The keys and values that have the right shape, with every list element in its place.</summary>
    public IReadOnlyDictionary<string, string?> Sound => _sound;

    public void Check(IConfigurationSection section, SettingPath path, JsonTypeInfo type)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object:
                CheckObject(section, path, type);
                break;
            case JsonTypeInfoKind.Dictionary:
                CheckNamed(section, path, ConfigurationKeys.ElementOf(type));
                break;
            case JsonTypeInfoKind.Enumerable:
                CheckList(section, path, ConfigurationKeys.ElementOf(type));
                break;
            default:
                CheckValue(section, path, type.Type);
                break;
        }
    }

    private void CheckObject(IConfigurationSection section, SettingPath path, JsonTypeInfo type)
    {
        if (RefuseValue(
            section, path, "an object", $"an object with {string.Join(", ", type.Properties.Select(property => property.Name))}"))
        {
            return;
        }

        foreach (var child in section.GetChildren())
        {
            if (ConfigurationKeys.Find(type, child.Key) is { } property)
            {
                CheckProperty(child, path.Child(property.Name), property);
            }
            else
            {
                RefuseKey(section, path, type, child.Key);
            }
        }
    }

    private void CheckProperty(IConfigurationSection section, SettingPath path, JsonPropertyInfo property)
    {
        var isNull = section.Value is null && !section.GetChildren().Any();
        var type = ConfigurationKeys.TypeOf(property);
        if (isNull && (property.IsSetNullable || type.Kind != JsonTypeInfoKind.None))
        {
            // A null where null is allowed, or an object or list without anything in it: the default says the same.
            return;
        }

        Check(section, path, type);
    }

    private void RefuseKey(IConfigurationSection section, SettingPath path, JsonTypeInfo type, string key)
    {
        faults.AddAndSettle(path.Child(key), UnknownKey.Problem(key), UnknownKey.Allowed(type, key));
        foreach (var missing in UnknownKey.Meant(type, key).Where(meant => !section.GetSection(meant).Exists()))
        {
            // It is there, only misspelled: nobody is told that it is missing.
            faults.Settle(path.Child(missing));
        }
    }

    private void CheckNamed(IConfigurationSection section, SettingPath path, JsonTypeInfo element)
    {
        const string Names = "an object of names in { }, each with what belongs to it";
        if (RefuseValue(section, path, "an object", Names))
        {
            return;
        }

        foreach (var child in section.GetChildren())
        {
            if (child.Key is FirstIndex)
            {
                faults.AddAndSettle(path, "a list stands where an object is expected", Names);
                return;
            }

            CheckElement(child, path.Child(origin.SpellingOf(path, child.Key)), element);
        }
    }

    private void CheckList(IConfigurationSection section, SettingPath path, JsonTypeInfo element)
    {
        if (RefuseValue(section, path, "a list", "a list in [ ]"))
        {
            return;
        }

        var index = 0;
        foreach (var child in section.GetChildren())
        {
            if (!child.Key.Equals(index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            {
                RefuseIndex(section, path, child.Key, index);
                return;
            }

            CheckElement(child, path.Element(index++), element);
        }
    }

    private void RefuseIndex(IConfigurationSection section, SettingPath path, string key, int expected)
    {
        if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && key.Equals(index.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
        {
            faults.AddAndSettle(path.Element(index), "leaves a gap in the list", $"the next index is {expected}");
        }
        else if (section.GetSection(FirstIndex).Exists())
        {
            // The list of the file, and a variable of the environment that is no element of it.
            faults.AddAndSettle(path.Child(key), $"'{key}' is no index of a list", "0, 1, 2 and so on, without a gap");
        }
        else
        {
            faults.AddAndSettle(path, "an object stands where a list is expected", "a list in [ ]");
        }
    }

    /// <summary>
    /// An element that is wrong or empty keeps its place, so that later elements keep their index and a name stays known.
    /// </summary>
    private void CheckElement(IConfigurationSection section, SettingPath path, JsonTypeInfo element)
    {
        _sound[path.Key] = element.Kind == JsonTypeInfoKind.None ? "" : null;
        Check(section, path, element);
    }

    private void CheckValue(IConfigurationSection section, SettingPath path, Type type)
    {
        if (section.GetChildren().Any())
        {
            faults.AddAndSettle(path, "an object or list stands where a value is expected", ValueSyntax.Allowed(type));
        }
        else if (section.Value is not { } value)
        {
            faults.AddAndSettle(path, "has no value", ValueSyntax.Allowed(type));
        }
        else if (value.Contains('\0', StringComparison.Ordinal))
        {
            // No path, name or password has it, and .NET throws for a path with it.
            faults.AddAndSettle(path, $"'{value}' holds a NUL character", ValueSyntax.Allowed(type));
        }
        else if (ValueSyntax.ProblemOf(type, value) is { } problem)
        {
            faults.AddAndSettle(path, problem, ValueSyntax.Allowed(type, value));
        }
        else
        {
            _sound[path.Key] = value;
        }
    }

    /// <summary>An empty list in JSON arrives as an empty value, perhaps with elements that the environment adds.</summary>
    private bool RefuseValue(IConfigurationSection section, SettingPath path, string expected, string allowed)
    {
        if (string.IsNullOrEmpty(section.Value))
        {
            return false;
        }

        faults.AddAndSettle(path, $"'{section.Value}' is a value where {expected} is expected", allowed);
        return true;
    }
}
