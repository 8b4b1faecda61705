using System.Text.Json.Nodes;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>A time that is not negative, nor so long that the operating system's timers cannot hold it.</summary>
public sealed class DurationAttribute : SettingRangeAttribute
{
    /// <summary>Timers count milliseconds in 32 bits: 24 days are a round number below that limit.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromDays(24);

    /// <summary>Whether zero is allowed, and what it means; null when it is not.</summary>
    public string? Zero { get; set; }

    internal override string Allowed =>
        Zero is null ? "a time of more than zero, such as 00:00:03" : $"a time such as 00:00:03, or 00:00:00 for {Zero}";

    internal override string? ProblemOf(object? value) => value switch
    {
        TimeSpan time when time < TimeSpan.Zero => $"{time:c} is negative",
        TimeSpan time when time == TimeSpan.Zero && Zero is null => "is zero",
        TimeSpan time when time > _longest => $"{time:c} is more than {_longest.Days} days",
        _ => null,
    };

    internal override void Describe(JsonObject schema) => schema["pattern"] = ValueSyntax.Time;
}
