using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>
/// SIGHUP ends a process that does not listen for it. This listens from the first line of the program on; one that came before the proxy
/// could reload is made up for when it can.
/// </summary>
internal sealed class EarlySignals : IDisposable
{
    private static readonly Lock _gate = new();
    private static bool _isDue;
    private static Action? _reload;

    private readonly PosixSignalRegistration? _hangUp;

    private EarlySignals(PosixSignalRegistration? hangUp) => _hangUp = hangUp;

    /// <summary>Listens for SIGHUP where the command is one that reloads.</summary>
    public static EarlySignals Hold(string[] arguments) => new(
        // Windows sends it when the console is closed, and then the process has to end.
        !OperatingSystem.IsWindows() && arguments.Contains("run", StringComparer.Ordinal)
            ? PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnHangUp)
            : null);

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
}
