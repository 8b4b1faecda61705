using System.Runtime.InteropServices;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>A second SIGTERM or SIGINT ends the drain at once; the first one is the host's.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _hasten;
    private readonly InternalFaults _faults;
    private int _count;

    /// <summary>Listens for them until disposed.</summary>
    /// <param name="hasten">Ends the drain.</param>
    /// <param name="faults">Takes what that throws.</param>
    public SecondSignal(Action hasten, InternalFaults faults)
    {
        (_hasten, _faults) = (hasten, faults);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => OnSignal()),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => OnSignal()),
        ];
    }

    /// <summary>One of them has come.</summary>
    public void OnSignal()
    {
        if (Interlocked.Increment(ref _count) > 1)
        {
            _faults.Contain(FaultPlace.Signal, static hasten => hasten(), _hasten);
        }
    }

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
