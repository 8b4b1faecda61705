using System.Collections;
using System.Text.Json.Serialization.Metadata;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Validation;

/// <summary>Numbers and times are within the range that their property states.</summary>
internal sealed class RangeValidator : IOptionsValidator
{
    public void Validate(ValidationContext context) =>
        Visit(context.Options, ConfigurationKeys.Default.ProxyOptions, SettingPath.Root, context.Faults);

    private static void Visit(object? value, JsonTypeInfo type, SettingPath path, FaultCollector faults)
    {
        if (type.Kind == JsonTypeInfoKind.Object && value is not null)
        {
            VisitProperties(value, type, path, faults);
        }
        else if (type.Kind == JsonTypeInfoKind.Dictionary && value is IDictionary named)
        {
            foreach (DictionaryEntry entry in named)
            {
                Visit(entry.Value, ConfigurationKeys.ElementOf(type), path.Child((string)entry.Key), faults);
            }
        }
        else if (type.Kind == JsonTypeInfoKind.Enumerable && value is IEnumerable list)
        {
            var index = 0;
            foreach (var element in list)
            {
                Visit(element, ConfigurationKeys.ElementOf(type), path.Element(index++), faults);
            }
        }
    }

    private static void VisitProperties(object value, JsonTypeInfo type, SettingPath path, FaultCollector faults)
    {
        foreach (var property in type.Properties)
        {
            var setting = property.Get!(value);
            if (ConfigurationKeys.AttributeOf<SettingRangeAttribute>(property) is { } range && range.ProblemOf(setting) is { } problem)
            {
                faults.Add(path.Child(property.Name), problem, range.Allowed);
            }

            Visit(setting, ConfigurationKeys.TypeOf(property), path.Child(property.Name), faults);
        }
    }
}
