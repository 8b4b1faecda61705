using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// SIGHUP ends a process that does not listen for it. This listens from the first line of the program on; one that came before the proxy
/// could reload is made up for when it can. And what means nothing to a proxy does not end it.
/// </summary>
internal sealed partial class EarlySignals : IDisposable
{
    private const int HangUp = 1;
    private const nint ByDefault = 0;
    private const nint Ignored = 1;

    /// <summary>
    /// Signals that end a program which does not know them, by number (signal(7), the same on x86 and Arm). 25 is SIGXFSZ: a file has
    /// reached the limit of the process (ulimit -f), and the write says so, too. 10 is SIGUSR1, by which scripts that were written for
    /// other servers ask for new log files. 14, 26, 27 and 29 are SIGALRM, SIGVTALRM, SIGPROF and SIGIO: nobody here has asked for them.
    /// </summary>
    private static readonly int[] _meantForOthers = [10, 14, 25, 26, 27, 29];

    private static readonly Lock _gate = new();
    private static bool _isDue;
    private static Action? _reload;

    private readonly PosixSignalRegistration? _hangUp;

    private EarlySignals(PosixSignalRegistration? hangUp) => _hangUp = hangUp;

    /// <summary>Listens for SIGHUP where the command is one that reloads.</summary>
    public static EarlySignals Hold(string[] arguments)
    {
        // Windows sends it when the console is closed, and then the process has to end.
        if (OperatingSystem.IsWindows() || !arguments.Contains("run", StringComparer.Ordinal))
        {
            return new(hangUp: null);
        }

        TakeBack();
        foreach (var signal in _meantForOthers)
        {
            SetSignal(signal, Ignored);
        }

        return new(PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp));
    }

    /// <summary>From now on a SIGHUP is obeyed at once; one that has come is obeyed now. Null: the proxy is ending.</summary>
    public static void Obey(Action? reload)
    {
        bool isDue;
        lock (_gate)
        {
            _reload = reload;
            isDue = _isDue;
            _isDue = false;
        }

        if (isDue)
        {
            reload?.Invoke();
        }
    }

    public void Dispose() => _hangUp?.Dispose();

    /// <summary>
    /// nohup(1) and some supervisors start programs that ignore SIGHUP, and .NET does not listen for a signal that is ignored: a reload
    /// would do nothing, and nobody would say so. Its meaning for a program without a terminal is to reload.
    /// </summary>
    private static void TakeBack()
    {
        var before = SetSignal(HangUp, Ignored);
        SetSignal(HangUp, before == Ignored ? ByDefault : before);
    }

    private static void OnHangUp(PosixSignalContext context)
    {
        // Not what the signal means to a program without a terminal.
        context.Cancel = true;
        Action? reload;
        lock (_gate)
        {
            reload = _reload;
            _isDue |= reload is null;
        }

        reload?.Invoke();
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetSignal(int signal, nint handler);
}
