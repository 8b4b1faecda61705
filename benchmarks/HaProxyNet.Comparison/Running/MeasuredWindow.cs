using System.Diagnostics;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Running;

/// <summary>What a proxy used between two moments, and what else happened on its CPUs.</summary>
internal sealed class MeasuredWindow
{
    // Above these a round is called disturbed. A quiet 2-core virtual machine shows 0.0-0.5 % and 0-2 %.
    private const double StolenAllowed = 0.02;
    private const double ForeignAllowed = 0.05;

    private readonly ProxyProcess _proxy;
    private readonly ProcessUsage _before;
    private readonly CpuTimes _cpusBefore;
    private readonly long _start;

    private MeasuredWindow(ProxyProcess proxy)
    {
        _proxy = proxy;
        _cpusBefore = CpuTimes.Read(proxy.Cpus);
        _before = ProcessUsage.Read(proxy.Tree);
        _start = Stopwatch.GetTimestamp();
    }

    /// <summary>CPU time in nanoseconds; set by <see cref="Close"/>.</summary>
    public double CpuNanoseconds { get; private set; }

    /// <summary>Voluntary context switches.</summary>
    public double VoluntarySwitches { get; private set; }

    /// <summary>Share of one CPU that the proxy was busy.</summary>
    public double Busy { get; private set; }

    /// <summary>What else used the proxy's CPUs; null when it is not worth a word.</summary>
    public string? Disturbance { get; private set; }

    /// <summary>Opens a window now.</summary>
    public static MeasuredWindow Open(ProxyProcess proxy) => new(proxy);

    /// <summary>Closes it now.</summary>
    public void Close()
    {
        var elapsed = Stopwatch.GetElapsedTime(_start);
        var after = ProcessUsage.Read(_proxy.Tree);
        var cpus = CpuTimes.Read(_proxy.Cpus);
        CpuNanoseconds = after.CpuNanoseconds - _before.CpuNanoseconds;
        VoluntarySwitches = after.VoluntarySwitches - _before.VoluntarySwitches;
        Busy = CpuNanoseconds / elapsed.TotalNanoseconds;
        if (_proxy.Cpus.Count > 0 && _proxy.Tree.Count > 0)
        {
            var window = elapsed * _proxy.Cpus.Count;
            var stolen = (cpus.Stolen - _cpusBefore.Stolen) * CpuTimes.Tick / window;
            var foreign = (((cpus.Busy - _cpusBefore.Busy) * CpuTimes.Tick) - TimeSpan.FromMicroseconds(CpuNanoseconds / 1000)) / window;
            Disturbance = stolen > StolenAllowed ? $"the host took {stolen:P0} of the proxy's CPU"
                : foreign > ForeignAllowed ? $"other processes took {foreign:P0} of the proxy's CPU"
                : null;
        }
    }
}
