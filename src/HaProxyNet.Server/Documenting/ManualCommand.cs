using System.CommandLine;
using System.Globalization;

namespace HaProxyNet.Server.Documenting;

/// <summary><c>man</c>: the manual page, for the packages.</summary>
internal static class ManualCommand
{
    /// <param name="tree">All commands.</param>
    public static Command Create(Func<Command> tree)
    {
        var date = new Option<string>("--date")
        {
            Description = "The date of the page, year-month-day.",
            DefaultValueFactory = static _ => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        var command = new Command("man", "Prints the manual page, haproxynet(1).") { date };
        command.Hidden = true;
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(ManualPage.Of(tree(), parsed.GetValue(date)!)));
        return command;
    }
}
