using System.CommandLine.Parsing;

namespace HaProxyNet.Server.CommandLine;

/// <summary>What ends a command from outside: an output that takes nothing, a system without memory. One line, and exit code 1.</summary>
internal static class CommandFaults
{
    /// <summary>Says what has ended a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fault">What was thrown.</param>
    /// <param name="error">Takes the line.</param>
    public static void Print(CommandResult command, Exception fault, TextWriter error)
    {
        try
        {
            var name = command.Parent is CommandResult ? $"haproxynet {command.Command.Name}" : command.Command.Name;
            error.WriteLine(Describe(fault) is { } words ? $"{name}: {words}" : $"Unhandled exception: {fault}");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The exit code says the rest.
        }
    }

    /// <summary>In an operator's words; null where it is a fault of the program, which is shown whole.</summary>
    private static string? Describe(Exception fault) => fault switch
    {
        IOException or UnauthorizedAccessException
            => $"the output cannot be written, or a file cannot be read ({fault.Message.TrimEnd('.')}); is the disk full?",
        OutOfMemoryException
            => "the system gives no more memory or no more threads; raise the limit (ulimit -v and -u, MemoryMax= and TasksMax= of the "
                + "service, or the container's)",
        _ => null,
    };
}
