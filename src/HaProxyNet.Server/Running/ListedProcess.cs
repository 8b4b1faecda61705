using System.Globalization;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>A process, as /proc has it.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="Parent">The process id of its parent.</param>
/// <param name="HasEnded">It has ended, and its parent has not asked for its exit code yet.</param>
internal readonly partial record struct ListedProcess(int Id, int Parent, bool HasEnded)
{
    private const int DoNotWait = 1;

    /// <summary>All that can be seen.</summary>
    public static IReadOnlyList<ListedProcess> All() => [.. Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        .Select(Read)
        .OfType<ListedProcess>()];

    /// <summary>The children of a process, their children, and so on.</summary>
    public static IEnumerable<ListedProcess> Below(int ancestor, IReadOnlyList<ListedProcess> all)
        => all.Where(one => one.Parent == ancestor).SelectMany(child => Below(child.Id, all).Prepend(child));

    /// <summary>
    /// All below process 1. One whose parent has ended while the list was made is there, too: its parent is not listed any more, and it is
    /// process 1's from now on. What a container engine has put in (its parent is 0) is not.
    /// </summary>
    public static IEnumerable<ListedProcess> BelowFirst(int first, IReadOnlyList<ListedProcess> all)
        => all.Where(one => one.Parent != 0 && one.Id != first && !all.Any(parent => parent.Id == one.Parent))
            .SelectMany(orphan => Below(orphan.Id, all).Prepend(orphan))
            .Concat(Below(first, all));

    /// <summary>Takes the exit code of a child, as a shell gives it; null: something else has taken it.</summary>
    public int? Reap() => WaitFor(Id, out var status, DoNotWait) == Id ? ExitCode(status) : null;

    /// <summary>The exit code behind a status of wait(2): 128 and the signal's number, where a signal has ended it.</summary>
    public static int ExitCode(int status) => (status & 0x7f) is var signal and not 0 ? 128 + signal : (status >> 8) & 0xff;

    /// <summary>Fields of proc_pid_stat(5), behind the name in brackets: the state, and the parent.</summary>
    private static ListedProcess? Read(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [var state, var parent, ..]
                ? new ListedProcess(Number(Path.GetFileName(folder)), Number(parent), state == "Z")
                : null;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitFor(int process, out int status, int options);
}
