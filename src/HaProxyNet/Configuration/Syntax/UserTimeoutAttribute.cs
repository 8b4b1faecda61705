using System.Text.Json.Nodes;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>A user timeout of TCP: zero, or a second and more. Below that a single lost packet would end a connection.</summary>
internal sealed class UserTimeoutAttribute : SettingRangeAttribute
{
    /// <summary>The shortest that is no fault.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly DurationAttribute _duration = new() { Zero = "the system's own limit" };

    internal override string Allowed => "a time of a second or more, such as 00:01:30, or 00:00:00 for the system's own limit";

    internal override string? ProblemOf(object? value)
        => _duration.ProblemOf(value)
            ?? (value is TimeSpan time && time > TimeSpan.Zero && time < Shortest ? $"{time:c} is less than a second" : null);

    internal override void Describe(JsonObject schema) => schema["pattern"] = ValueSyntax.Time;
}
