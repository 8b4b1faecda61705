using System.Globalization;
using System.Text.Json.Nodes;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>How long an attempt is waited for: <c>Auto</c>, or a time, zero for no hedging.</summary>
public sealed class HedgeAfterAttribute : SettingRangeAttribute
{
    /// <summary>The word for a time that follows from the destination's own answers.</summary>
    public const string Auto = "Auto";

    private static readonly DurationAttribute _time = new() { Zero = "no hedging" };

    internal override string Allowed => $"{Auto}, a time such as 00:00:00.400, or 00:00:00 for no hedging";

    /// <summary>Whether the setting leaves the time to the proxy.</summary>
    internal static bool IsAuto(string setting) => string.Equals(setting, Auto, StringComparison.OrdinalIgnoreCase);

    internal override string? ProblemOf(object? value)
    {
        var setting = value as string ?? "";
        return IsAuto(setting) ? null
            : ValueSyntax.ProblemOf(typeof(TimeSpan), setting) is not null ? $"'{setting}' is neither {Auto} nor a time"
            : _time.ProblemOf(TimeSpan.Parse(setting, CultureInfo.InvariantCulture));
    }

    internal override void Describe(JsonObject schema) => schema["pattern"] = $"^[Aa][Uu][Tt][Oo]$|{ValueSyntax.Time}";
}
