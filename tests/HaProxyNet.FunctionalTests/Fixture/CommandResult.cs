namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>A command that has run, and what it left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a command that did what it was asked for.</summary>
    public string Expect(string text)
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
        Assert.Contains(text, Output, StringComparison.Ordinal);
        return Output;
    }

    /// <summary>One line on standard error, nothing else, and exit code 1.</summary>
    public void ExpectFault(string text)
    {
        Assert.Equal((1, ""), (ExitCode, Output));
        Assert.Contains(
            text, Assert.Single(Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
