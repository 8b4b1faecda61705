using System.CommandLine;

namespace HaProxyNet.Server.CommandLine;

/// <summary>Says what is wrong with a command line, in the form that faults of the configuration have.</summary>
internal static class CommandLineFaults
{
    public static void Print(ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        var path = command.Parents.Any() ? $"haproxynet {command.Name}" : "haproxynet";
        foreach (var message in Messages(parsed))
        {
            var allowed = message.Contains(';', StringComparison.Ordinal) ? "" : $"; '{path} --help' lists what is allowed";
            error.WriteLine($"{path}: {message}{allowed}");
        }
    }

    /// <summary>What was not understood hides the rest: that a command is missing is no news next to an unknown one.</summary>
    private static IEnumerable<string> Messages(ParseResult parsed) => parsed.Errors
        .Select(fault => fault.Message.TrimEnd('.'))
        .Where(message => parsed.UnmatchedTokens.Count == 0
            || parsed.UnmatchedTokens.Any(token => message.Contains($"'{token}'", StringComparison.Ordinal)));
}
