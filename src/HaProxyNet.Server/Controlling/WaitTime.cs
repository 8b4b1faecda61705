using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Server.Controlling;

/// <summary>How long a command waits: <c>90s</c>, <c>10m</c>, <c>1h</c>, or as in the configuration, <c>00:10:00</c>.</summary>
internal static partial class WaitTime
{
    /// <summary>For words that do not limit it.</summary>
    public static readonly TimeSpan Forever = TimeSpan.MaxValue;

    /// <summary>The option <c>--wait</c>; without a time it waits for as long as it takes.</summary>
    public static Option<TimeSpan?> Option() => new("--wait")
    {
        Description =
            "Wait until its last connection is gone, at most for this time (90s, 10m, 1h, 00:10:00); without a time, however long it "
                + "takes.",
        HelpName = "T",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = static argument =>
        {
            if (argument.Tokens is [])
            {
                return Forever;
            }

            if (TryParse(argument.Tokens[0].Value, out var time))
            {
                return time;
            }

            argument.AddError(
                $"--wait '{argument.Tokens[0].Value}' is not a time; 90s, 10m, 1h or hours:minutes:seconds, such as 00:10:00");
            return null;
        },
    };

    /// <summary>Reads a time.</summary>
    public static bool TryParse(string text, out TimeSpan time)
    {
        time = TimeSpan.Zero;
        if (Short().Match(text) is { Success: true } match)
        {
            var count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
            time = match.Groups["unit"].Value switch
            {
                "s" => TimeSpan.FromSeconds(count),
                "m" => TimeSpan.FromMinutes(count),
                "h" => TimeSpan.FromHours(count),
                _ => TimeSpan.FromDays(count),
            };
            return true;
        }

        return ValueSyntax.ProblemOf(typeof(TimeSpan), text) is null
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out time) && time >= TimeSpan.Zero;
    }

    [GeneratedRegex(
        "^(?<count>[0-9]{1,6})(?<unit>[smhd])\\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Short();
}
