using System.Globalization;
using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// The first process of a container after an upgrade: when it ends the container ends, so it waits for those that serve, and passes signals
/// on to them.
/// </summary>
internal static partial class FirstProcess
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);

    /// <summary>The signals that operators and container engines send; the numbers are those of Linux (signal(7)).</summary>
    private static readonly (PosixSignal Signal, int Number)[] _passedOn =
        [(PosixSignal.SIGTERM, 15), (PosixSignal.SIGINT, 2), (PosixSignal.SIGHUP, 1), ((PosixSignal)12, 12)];

    /// <summary>Whether this process is one.</summary>
    public static bool IsThis => OperatingSystem.IsLinux() && Environment.ProcessId == 1;

    /// <summary>Waits until none of its children runs; those of a child that has ended are its own by then.</summary>
    public static async Task WaitAsync()
    {
        var registrations = _passedOn.Select(one => PosixSignalRegistration.Create(one.Signal, context =>
        {
            context.Cancel = true;
            PassOn(one.Number);
        })).ToList();
        while (Children().Any())
        {
            await Task.Delay(_look, TimeProvider.System);
        }

        registrations.ForEach(registration => registration.Dispose());
    }

    private static void PassOn(int signal)
    {
        try
        {
            foreach (var child in Children())
            {
                _ = Kill(child, signal);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // This is called by a thread of the runtime; what it throws would end the process, and the container with it.
        }
    }

    /// <summary>The id of each process whose parent is this one and that has not ended.</summary>
    private static IEnumerable<int> Children()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && IsChild(folder))
            {
                yield return id;
            }
        }
    }

    /// <summary>Fields of proc_pid_stat(5), behind the name in brackets: the state, and the parent.</summary>
    private static bool IsChild(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ') is [not "Z", var parent, ..] && parent == $"{Environment.ProcessId}";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
