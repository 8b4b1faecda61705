using System.Diagnostics;

namespace HaProxyNet.Comparison.Processes;

/// <summary>A program that runs to its end: a load generator, a tracer, a system command.</summary>
internal static class Tool
{
    /// <summary>Runs it on the given CPUs (anywhere when there are none) and collects what it says.</summary>
    public static async Task<ToolOutput> RunAsync(
        IReadOnlyList<int> cpus,
        string program,
        IEnumerable<string> arguments,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        var words = OnCpus(cpus, program, arguments);
        start.FileName = words[0];
        foreach (var word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        using var process = Process.Start(start) ?? throw new ComparisonException($"{program} did not start.");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new ToolOutput(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The command line that runs a program on the given CPUs; taskset replaces itself, so the process id stays.</summary>
    public static IReadOnlyList<string> OnCpus(IReadOnlyList<int> cpus, string program, IEnumerable<string> arguments) =>
        cpus.Count == 0 ? [program, .. arguments] : ["taskset", "-c", string.Join(',', cpus), program, .. arguments];
}
