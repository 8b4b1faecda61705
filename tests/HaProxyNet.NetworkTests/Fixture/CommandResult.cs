namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>A command that ran to its end.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote, standard output and error.</param>
internal sealed record CommandResult(int ExitCode, string Output)
{
    public static Task<CommandResult> OfAsync(string command, params string[] arguments) => OfAsync(limit: null, command, arguments);

    /// <summary>One that may take longer than commands usually do.</summary>
    public static async Task<CommandResult> OfAsync(TimeSpan? limit, string command, params string[] arguments)
    {
        await using var process = new ProcessUnderTest(command, command, arguments);
        var exitCode = await process.EndAsync(limit);
        return new(exitCode, process.Text);
    }

    public void ExpectSuccess(string what) => Assert.True(ExitCode == 0, $"{what}: exit code {ExitCode}\n{Output}");
}
