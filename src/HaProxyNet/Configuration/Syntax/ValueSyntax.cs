using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>How the values of simple settings are written.</summary>
internal static partial class ValueSyntax
{
    /// <summary>
    /// [days.]hours:minutes:seconds[.fraction]. Stricter than .NET, to which 3 means three days, 25:00:00 twenty-five days
    /// and 00:30 half an hour.
    /// </summary>
    public const string Time = "^" + UnsignedTime + "$";

    private const string UnsignedTime = @"([0-9]+\.)?([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,7})?";

    /// <summary>What is wrong with a value; null when it can be read as <paramref name="type"/>.</summary>
    public static string? ProblemOf(Type type, string value)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(TimeSpan))
        {
            return IsTime(value) ? null : $"'{value}' is not a time{TimeHint(value)}";
        }

        if (type == typeof(bool))
        {
            return bool.TryParse(value, out _) ? null : $"'{value}' is neither true nor false";
        }

        if (type == typeof(int))
        {
            return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
                ? null
                : $"'{value}' is not a whole number";
        }

        return !type.IsEnum || Enum.GetNames(type).Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"'{value}' is not known";
    }

    /// <summary>How a value of the type is written; the given value, when there is one, may help to say it.</summary>
    public static string Allowed(Type type, string? value = null)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            var hint = value is not null && NearestName.Question(value, names) is { } question ? $"{question} Allowed: " : "one of ";
            return hint + string.Join(", ", names);
        }

        return type switch
        {
            _ when type == typeof(TimeSpan) => "hours:minutes:seconds, such as 00:00:03, 00:00:00.400 or, for 30 hours, 1.06:00:00",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) => $"a whole number up to {int.MaxValue}",
            _ => "a text",
        };
    }

    private static bool IsTime(string value) =>
        TimePattern().IsMatch(value) && TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out _);

    private static string TimeHint(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out _) ? ": it does not say of what" : "";

    /// <summary>A sign can be read, so that the fault says "negative" instead of "not a time".</summary>
    [GeneratedRegex(
        "^-?" + UnsignedTime + "$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TimePattern();
}
