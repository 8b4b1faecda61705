using HaProxyNet.Configuration.Syntax;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Configuration.Reading;

/// <summary>
/// Checks the section <c>Logging</c> as .NET reads it: <c>Logging.LogLevel.CATEGORY</c>, <c>Logging.PROVIDER.LogLevel.CATEGORY</c> and
/// <c>Logging.CaptureScopes</c>. .NET throws for what it does not know, from whatever thread has noticed the change.
/// </summary>
internal static class LogLevelCheck
{
    /// <summary>The name of the section.</summary>
    public const string SectionName = "Logging";

    private const string Levels = "LogLevel";
    private const string Scopes = "CaptureScopes";

    /// <summary>Whether .NET can read the section.</summary>
    public static bool IsSound(IConfiguration configuration)
    {
        var faults = new FaultCollector();
        Check(configuration, faults);
        return faults.Faults.Count == 0;
    }

    /// <summary>Reports every level that is none, and what else .NET throws for.</summary>
    public static void Check(IConfiguration configuration, FaultCollector faults)
    {
        var path = new SettingPath(SectionName, SectionName);
        var section = configuration.GetSection(SectionName);
        if (!string.IsNullOrEmpty(section.Value))
        {
            faults.AddAndSettle(path, $"'{section.Value}' is a value where an object is expected", "an object with LogLevel");
            return;
        }

        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals(Scopes, StringComparison.OrdinalIgnoreCase))
            {
                CheckScopes(child, path.Child(Scopes), faults);
                continue;
            }

            var isLevels = child.Key.Equals(Levels, StringComparison.OrdinalIgnoreCase);
            var levels = isLevels ? child : child.GetSection(Levels);
            CheckLevels(levels, isLevels ? path.Child(Levels) : path.Child(child.Key).Child(Levels), faults);
        }
    }

    private static void CheckLevels(IConfigurationSection levels, SettingPath path, FaultCollector faults)
    {
        if (!string.IsNullOrEmpty(levels.Value))
        {
            faults.AddAndSettle(
                path,
                $"'{levels.Value}' is a value where an object is expected",
                "an object with a level for each category, such as \"Default\": \"Information\"");
            return;
        }

        foreach (var category in levels.GetChildren())
        {
            if (category.Key.Count(c => c == '*') > 1)
            {
                faults.AddAndSettle(
                    path.Child(category.Key), "a category with more than one *", "one * at most, such as HaProxyNet.Health*");
            }
            else if (category.GetChildren().Any())
            {
                faults.AddAndSettle(
                    path.Child(category.Key), "an object or list stands where a level is expected", ValueSyntax.Allowed(typeof(LogLevel)));
            }
            else if (!string.IsNullOrEmpty(category.Value) && !IsLevel(category.Value))
            {
                faults.AddAndSettle(
                    path.Child(category.Key),
                    $"'{category.Value}' is not a log level",
                    ValueSyntax.Allowed(typeof(LogLevel), category.Value));
            }
        }
    }

    private static void CheckScopes(IConfigurationSection scopes, SettingPath path, FaultCollector faults)
    {
        if (scopes.Value is { } value && ValueSyntax.ProblemOf(typeof(bool), value) is { } problem)
        {
            faults.AddAndSettle(path, problem, ValueSyntax.Allowed(typeof(bool), value));
        }
    }

    private static bool IsLevel(string value)
        => Enum.TryParse<LogLevel>(value, ignoreCase: true, out var level) && Enum.IsDefined(level);
}
