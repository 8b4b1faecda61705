using System.CommandLine;

namespace HaProxyNet.Server;

/// <summary>Says what is wrong with a command line, in the form that faults of the configuration have.</summary>
internal static class CommandLineFaults
{
    public static void Print(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var path = command.Parents.Any() ? $"haproxynet {command.Name}" : "haproxynet";

        // A missing command is no news beside an unknown one.
        foreach (var message in parsed.Errors.Select(e => e.Message.TrimEnd('.')).Take(parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens.Count : int.MaxValue))
        {
            error.WriteLine($"{path}: {message}; '{path} --help' lists what is allowed");
        }
    }
}
