using System.CommandLine;
using System.CommandLine.Help;
using HaProxyNet.Server.Checking;
using HaProxyNet.Server.CommandLine;
using HaProxyNet.Server.Controlling;
using HaProxyNet.Server.Demo;
using HaProxyNet.Server.Diagnosing;
using HaProxyNet.Server.Documenting;
using HaProxyNet.Server.Incident;
using HaProxyNet.Server.Initializing;
using HaProxyNet.Server.Running;
using HaProxyNet.Server.WindowsServices;

namespace HaProxyNet.Server;

/// <summary>All commands of the executable.</summary>
internal static class CommandTree
{
    /// <summary>Parses the arguments and runs the command; the result is the exit code.</summary>
    /// <param name="arguments">The command line without the executable.</param>
    /// <param name="output">For what was asked for.</param>
    /// <param name="error">For what is wrong, one line each.</param>
    /// <param name="stop">Ends a running command as SIGTERM does.</param>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken stop = default)
    {
        var parsed = Create().Parse(arguments.Count > 0 ? arguments : ["--help"]);
        if (parsed.Errors.Count > 0)
        {
            CommandLineFaults.Print(parsed, error);
            return 1;
        }

        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,

            // The host handles SIGTERM and SIGINT: it drains, and that takes as long as ShutdownTimeout says.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 1;
        }
#pragma warning disable CA1031 // The last line of defence: a command ends with words and an exit code, not with a core dump.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            CommandFaults.Print(parsed.CommandResult, fault, error);
            return 1;
        }
    }

    /// <summary>The commands.</summary>
    /// <remarks>Not a RootCommand: that one is named after the file, which is HaProxyNet.Server until it is published.</remarks>
    public static Command Create() => new("haproxynet", "A high-availability TCP failover proxy.")
    {
        DemoCommand.Create(),
        InitCommand.Create(),
        RunCommand.Create(),
        CheckCommand.Create(),
        DoctorCommand.Create(),
        SchemaCommand.Create(),
        ReadyCommand.Create(),
        StatusCommand.Create(),
        SessionsCommand.Create(),
        ExplainCommand.Create(),
        IncidentCommand.Create(),
        MaintenanceCommand.Drain(),
        MaintenanceCommand.Disable(),
        MaintenanceCommand.Enable(),
        SimpleCommand.Switch(),
        SimpleCommand.Failback(),
        SimpleCommand.Close(),
        SimpleCommand.Reload(),
        UpgradeCommand.Create(),
        ServiceCommand.Create(),
        CompleteCommand.Create(Create),
        ManualCommand.Create(Create),
        new HelpOption { Recursive = true },
        new VersionOption(),
    };
}
