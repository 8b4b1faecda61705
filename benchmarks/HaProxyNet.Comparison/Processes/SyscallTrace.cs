using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace HaProxyNet.Comparison.Processes;

/// <summary>
/// Counts a process tree's system calls while something else runs. It slows the tree down many times, so nothing is timed meanwhile.
/// </summary>
internal static partial class SyscallTrace
{
    private const int Interrupt = 2;

    /// <summary>Attaches strace to every thread, runs <paramref name="during"/>, detaches.</summary>
    public static async Task<SyscallCounts> RunAsync(
        IReadOnlyList<int> tree,
        string table,
        Func<Task> during,
        CancellationToken cancellation)
    {
        List<string> arguments = ["-f", "-c", "-o", table];
        foreach (var id in tree)
        {
            arguments.AddRange(["-p", id.ToString(CultureInfo.InvariantCulture)]);
        }

        using var strace =
            Process.Start(new ProcessStartInfo("strace", arguments) { RedirectStandardError = true, UseShellExecute = false })
                ?? throw new ComparisonException("strace did not start.");
        try
        {
            await UntilAttachedAsync(tree, strace, cancellation);
            await during();
        }
        finally
        {
            if (!strace.HasExited)
            {
                _ = Signal(strace.Id, Interrupt);
            }

            await strace.WaitForExitAsync(cancellation);
        }

        return SyscallCounts.Parse(await File.ReadAllTextAsync(table, cancellation));
    }

    private static async Task UntilAttachedAsync(IReadOnlyList<int> tree, Process strace, CancellationToken cancellation)
    {
        var threads = tree.SelectMany(id => Directory.EnumerateDirectories($"/proc/{id}/task")).ToList();
        while (threads.Exists(thread => ProcFile.Number(File.ReadLines(Path.Combine(thread, "status")), "TracerPid") == 0))
        {
            if (strace.HasExited)
            {
                throw new ComparisonException($"strace: {(await strace.StandardError.ReadToEndAsync(cancellation)).Trim()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int processId, int signal);
}
