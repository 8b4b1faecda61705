using System.CommandLine;
using HaProxyNet.Server.Checking;
using HaProxyNet.Server.Demo;
using HaProxyNet.Server.Running;

namespace HaProxyNet.Server;

/// <summary>All commands of the executable.</summary>
internal static class CommandTree
{
    /// <summary>Parses the arguments and runs the command; the result is the exit code.</summary>
    public static Task<int> InvokeAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("HaProxyNet: a high-availability TCP failover proxy.")
        {
            DemoCommand.Create(),
            RunCommand.Create(),
            CheckCommand.Create(),
            SchemaCommand.Create(),
        };
        return root.Parse(arguments).InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,

            // The host handles SIGTERM and SIGINT: it drains, and that takes as long as ShutdownTimeout says.
            ProcessTerminationTimeout = null,
        });
    }
}
