namespace HaProxyNet.Comparison.Processes;

/// <summary>What a tool that ran to its end has said.</summary>
internal sealed record ToolOutput(int ExitCode, string Output, string Error)
{
    /// <summary>The standard output of a tool that succeeded.</summary>
    /// <exception cref="ComparisonException">It failed.</exception>
    public string Expect(string tool) =>
        ExitCode == 0
            ? Output
            : throw new ComparisonException($"{tool} failed with exit code {ExitCode}: {(Error.Length > 0 ? Error : Output).Trim()}");
}
