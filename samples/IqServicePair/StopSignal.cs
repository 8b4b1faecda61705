using System.Runtime.InteropServices;

namespace IqServicePair;

/// <summary>SIGTERM and SIGINT as a token, so that the program ends in its own way.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _received = new();
    private readonly PosixSignalRegistration _term;
    private readonly PosixSignalRegistration _interrupt;

    public StopSignal()
    {
        _term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    }

    public CancellationToken Token => _received.Token;

    public void Dispose()
    {
        _term.Dispose();
        _interrupt.Dispose();
        _received.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _received.Cancel();
    }
}
