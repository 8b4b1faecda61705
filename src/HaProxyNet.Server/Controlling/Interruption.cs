using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Controlling;

/// <summary>
/// Ctrl-C and SIGTERM end a command that waits or watches; it then still says its last line and leaves the terminal as it was.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly PosixSignalRegistration[] _signals;

    /// <summary>Listens for signals until disposed.</summary>
    /// <param name="stop">Interrupts as well.</param>
    public Interruption(CancellationToken stop)
    {
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _signals = [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt),
        ];
    }

    /// <summary>Is cancelled by the interruption.</summary>
    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        Array.ForEach(_signals, signal => signal.Dispose());
        _source.Dispose();
    }

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _source.Cancel();
    }
}
