using System.CommandLine;

namespace HaProxyNet.Server.Documenting;

/// <summary><c>complete</c>: what can stand next on a command line. The shells' completion scripts of the packages ask it.</summary>
internal static class CompleteCommand
{
    public const string Name = "complete";

    /// <param name="tree">All commands.</param>
    public static Command Create(Func<Command> tree)
    {
        var line = new Argument<string>("LINE") { Description = "The command line so far, up to the cursor." };
        var command = new Command(Name, "Prints what can stand next on a command line; for the completion scripts of shells.") { line };
        command.Hidden = true;
        command.SetAction(parsed => Print(tree(), parsed.GetValue(line)!, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static void Print(Command tree, string line, TextWriter output)
    {
        // The name by which it was called may be a path; the tree's is not.
        var begun = line.TrimStart();
        var space = begun.IndexOf(' ', StringComparison.Ordinal);
        var words = space < 0 ? "" : begun[(space + 1)..];
        foreach (var completion in tree.Parse(words).GetCompletions(words.Length))
        {
            // A path's completion is the shell's business.
            if (!completion.Label.StartsWith('/') && !completion.Label.StartsWith("-?", StringComparison.Ordinal))
            {
                output.WriteLine(completion.Label);
            }
        }
    }
}
