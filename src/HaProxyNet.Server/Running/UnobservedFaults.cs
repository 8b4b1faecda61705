using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>Counts and logs what a task has thrown that nothing waited for: the runtime would not say a word.</summary>
internal sealed class UnobservedFaults : IDisposable
{
    private readonly InternalFaults _faults;

    /// <summary>Listens until disposed.</summary>
    public UnobservedFaults(InternalFaults faults)
    {
        _faults = faults;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    /// <summary>Called by the finalizers' thread.</summary>
    internal void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs fault)
    {
        fault.SetObserved();
        _faults.Report(FaultPlace.Background, fault.Exception.GetBaseException());
    }
}
