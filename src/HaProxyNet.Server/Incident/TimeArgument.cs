using System.CommandLine;
using System.Globalization;
using HaProxyNet.Server.Controlling;

namespace HaProxyNet.Server.Incident;

/// <summary>
/// A time on the command line: how long ago (<c>2h</c>, <c>90m</c>, <c>00:30:00</c>), or when (<c>2026-11-30T02:14:00Z</c>; without a zone
/// it is UTC).
/// </summary>
internal static class TimeArgument
{
    /// <summary>An option for a time.</summary>
    public static Option<string?> Option(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "T" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && Read(text, DateTimeOffset.UnixEpoch.AddYears(1000)) is null)
            {
                result.AddError(
                    $"{name} '{text}' is neither a time that is past (2h, 90m, 1d, 00:30:00) nor a moment such as 2026-11-30T02:14:00Z");
            }
        });
        return option;
    }

    /// <summary>Reads it; null: it is no time.</summary>
    public static DateTimeOffset? Read(string text, DateTimeOffset now)
    {
        if (WaitTime.TryParse(text, out var ago))
        {
            return now - DateTimeOffset.MinValue > ago ? now - ago : DateTimeOffset.MinValue;
        }

        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : null;
    }
}
