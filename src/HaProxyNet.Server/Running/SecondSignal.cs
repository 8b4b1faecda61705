using System.Runtime.InteropServices;
using HaProxyNet.Server.Succeeding;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>
/// A second SIGTERM or SIGINT ends the drain at once; the first one is the host's. One that the first process has passed on is obeyed here,
/// and counted apart: Ctrl-C in a terminal comes both ways, and is one.
/// </summary>
internal sealed class SecondSignal : IDisposable
{
    private readonly List<PosixSignalRegistration> _registrations;
    private readonly Action _end;
    private readonly Action _hasten;
    private readonly InternalFaults _faults;
    private int _direct;
    private int _passed;

    /// <summary>Listens for them until disposed.</summary>
    /// <param name="end">Begins the drain.</param>
    /// <param name="hasten">Ends the drain.</param>
    /// <param name="faults">Takes what these throw.</param>
    public SecondSignal(Action end, Action hasten, InternalFaults faults)
    {
        (_end, _hasten, _faults) = (end, hasten, faults);
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => OnSignal()),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => OnSignal()),
        ];
        if (OperatingSystem.IsLinux())
        {
            _registrations.Add(PosixSignalRegistration.Create((PosixSignal)PassedSignal.End, context =>
            {
                context.Cancel = true;
                OnPassed();
            }));
        }
    }

    /// <summary>One of them has come.</summary>
    public void OnSignal() => Count(ref _direct);

    /// <summary>The first process has passed one on.</summary>
    public void OnPassed()
    {
        _faults.Contain(FaultPlace.Signal, static end => end(), _end);
        Count(ref _passed);
    }

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void Count(ref int count)
    {
        if (Interlocked.Increment(ref count) > 1)
        {
            _faults.Contain(FaultPlace.Signal, static hasten => hasten(), _hasten);
        }
    }
}
