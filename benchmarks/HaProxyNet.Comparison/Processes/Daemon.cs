using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HaProxyNet.Comparison.Processes;

/// <summary>
/// A long-running process that the harness started, and ends. Its output goes to a file, as a service manager would keep it, so that
/// what a proxy logs costs it the same as in production.
/// </summary>
internal sealed partial class Daemon : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan _timeToStop = TimeSpan.FromSeconds(3);
    private readonly Process _process;
    private readonly string _log;

    private Daemon(Process process, string log)
    {
        _process = process;
        _log = log;
    }

    /// <summary>The id of the process; it is the program's own, not a shell's.</summary>
    public int Id => _process.Id;

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>The process and its children, which must be there already.</summary>
    public IReadOnlyList<int> Tree() => ProcessTree.Of(Id);

    /// <summary>Starts a program on the given CPUs (anywhere when there are none).</summary>
    public static Daemon Start(
        IReadOnlyList<int> cpus, string log, string program, IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "log=$0; exec \"$@\" </dev/null >\"$log\" 2>&1", log } };
        foreach (var word in Tool.OnCpus(cpus, program, arguments))
        {
            start.ArgumentList.Add(word);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        return new Daemon(Process.Start(start) ?? throw new ComparisonException($"{program} did not start."), log);
    }

    /// <summary>The last lines of what it said, for an error message.</summary>
    public string LastWords() =>
        File.Exists(_log) ? string.Join(" | ", File.ReadLines(_log).TakeLast(4).Select(line => line.Trim())) : "";

    /// <summary>Ends it at once, as a crash would.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = Signal(Id, Terminate);
            using var patience = new CancellationTokenSource(_timeToStop);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync();
            }
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int processId, int signal);
}
