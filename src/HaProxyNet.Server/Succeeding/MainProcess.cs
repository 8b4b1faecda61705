using System.Globalization;

namespace HaProxyNet.Server.Succeeding;

/// <summary>What becomes of a process that has handed over to a new one. Pure.</summary>
internal static class MainProcess
{
    /// <summary>
    /// Whether this process stays, as a parent that only waits: it is what a supervisor, a container or a shell has started, and its end is
    /// to them the end of the service. It goes where a service manager learns of the new process (MAINPID of sd_notify(3)), and where this
    /// process was itself started by one that it has taken over from.
    /// </summary>
    /// <param name="processId">This process's id.</param>
    /// <param name="hasPredecessor">Whether it has taken over from another process.</param>
    /// <param name="variable">Reads the environment.</param>
    public static bool Stays(int processId, bool hasPredecessor, Func<string, string?> variable)
        => processId == 1 || (!hasPredecessor && !IsWatchedByItsManager(processId, variable));

    /// <summary>
    /// A supervisor that is a service of systemd itself may leave NOTIFY_SOCKET to what it starts. systemd says in SYSTEMD_EXEC_PID which
    /// process is its own; managers that set NOTIFY_SOCKET and do not say it are taken at their word.
    /// </summary>
    private static bool IsWatchedByItsManager(int processId, Func<string, string?> variable)
        => variable("NOTIFY_SOCKET") is { Length: > 0 }
            && (variable("SYSTEMD_EXEC_PID") is not { Length: > 0 } own
                || own == processId.ToString(CultureInfo.InvariantCulture));
}
