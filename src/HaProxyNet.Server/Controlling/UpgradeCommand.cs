using System.CommandLine;
using HaProxyNet.Control;

namespace HaProxyNet.Server.Controlling;

/// <summary><c>upgrade</c>: a new process takes over, open connections included.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var options = new ControlOptions();
        var binary = new Option<string?>("--binary")
        {
            Description = "The executable to start; default: the one that runs, or what a package has put in its place.",
            HelpName = "PATH",
        };
        var command = options.AddTo(new Command(
            ControlVerbs.Upgrade,
            "Starts a new process that takes over the listening sockets and the open connections; no client notices. Exit code 1 when it "
                + "does not serve: then nothing has changed.")
        {
            binary,
        });
        command.SetAction((parsed, stop) => SimpleCommand.RunAsync(
            options,
            parsed,
            new(ControlVerbs.Upgrade) { Binary = parsed.GetValue(binary) is { } path ? Path.GetFullPath(path) : null },
            stop));
        return command;
    }
}
