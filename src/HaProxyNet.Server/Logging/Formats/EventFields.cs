using System.Globalization;
using HaProxyNet.Lines;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Gives the values of an event to a writer of fields.</summary>
internal static class EventFields
{
    /// <summary>Adds each one.</summary>
    public static void WriteTo<TWriter>(IReadOnlyList<KeyValuePair<string, object?>> fields, ref TWriter writer)
        where TWriter : struct, IFieldWriter
    {
        for (var index = 0; index < fields.Count; index++)
        {
            if (FieldName.Of(fields[index].Key) is { Length: > 0 } name)
            {
                Add(ref writer, name, fields[index].Value);
            }
        }
    }

    private static void Add<TWriter>(ref TWriter writer, ReadOnlySpan<byte> name, object? value)
        where TWriter : struct, IFieldWriter
    {
        switch (value)
        {
            case null:
                break;
            case int number:
                writer.Add(name, number);
                break;
            case long number:
                writer.Add(name, number);
                break;
            case IFormattable formattable:
                writer.Add(name, formattable.ToString(format: null, CultureInfo.InvariantCulture));
                break;
            default:
                writer.Add(name, value.ToString() ?? "");
                break;
        }
    }
}
