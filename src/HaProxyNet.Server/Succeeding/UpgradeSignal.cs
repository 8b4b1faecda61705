using System.Runtime.InteropServices;
using HaProxyNet.Telemetry;
using HaProxyNet.Upgrading;

namespace HaProxyNet.Server.Succeeding;

/// <summary>SIGUSR2: starts a new process that takes over, as <c>haproxynet upgrade</c> does. What becomes of it is in the log.</summary>
internal sealed class UpgradeSignal(Handover handover, InternalFaults faults) : IDisposable
{
    /// <summary>SIGUSR2 of Linux on x64 and arm64 (signal(7)).</summary>
    private const PosixSignal UserSignal2 = (PosixSignal)12;

    private PosixSignalRegistration? _registration;

    /// <summary>Obeys it until disposed.</summary>
    public void Obey()
    {
        if (OperatingSystem.IsLinux())
        {
            _registration = PosixSignalRegistration.Create(UserSignal2, context =>
            {
                context.Cancel = true;
                _ = faults.ContainAsync(FaultPlace.Signal, static upgrade => upgrade.RunAsync(binary: null), handover);
            });
        }
    }

    public void Dispose() => _registration?.Dispose();
}
