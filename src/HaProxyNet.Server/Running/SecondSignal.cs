using System.Runtime.InteropServices;
using HaProxyNet.Hosting;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>A second SIGTERM or SIGINT ends the drain at once; the first one is the host's.</summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    /// <summary>Listens for them until disposed.</summary>
    public SecondSignal(ShutdownDrain drain, InternalFaults faults) => _registrations =
    [
        .. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT }.Select(signal => PosixSignalRegistration.Create(signal, _ =>
        {
            if (Interlocked.Increment(ref _count) > 1)
            {
                faults.Contain(FaultPlace.Signal, static drain => drain.Hasten(), drain);
            }
        })),
    ];

    public void Dispose() => Array.ForEach(_registrations, registration => registration.Dispose());
}
