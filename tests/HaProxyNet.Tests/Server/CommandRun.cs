using HaProxyNet.Server;

namespace HaProxyNet.Tests.Server;

/// <summary>A command that ran in this process, and what it left.</summary>
internal sealed record CommandRun(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)
{
    public static Task<CommandRun> OfAsync(params string[] arguments) => UntilAsync(TestContext.Current.CancellationToken, arguments);

    /// <summary>Stops the command as SIGTERM would, when <paramref name="stop"/> says so.</summary>
    public static async Task<CommandRun> UntilAsync(CancellationToken stop, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandTree.InvokeAsync(arguments, TextWriter.Synchronized(output), TextWriter.Synchronized(error), stop);
        return new CommandRun(code, Lines(output), Lines(error));
    }

    private static string[] Lines(StringWriter written)
        => written.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
