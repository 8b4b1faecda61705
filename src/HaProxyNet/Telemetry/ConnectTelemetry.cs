using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Prometheus;

namespace HaProxyNet.Telemetry;

/// <summary>What is counted of connect attempts and probes to one destination. Any thread.</summary>
internal sealed class ConnectTelemetry(IHistogram seconds)
{
    private static readonly int _statuses = Enum.GetValues<ConnectStatus>().Length;
    private static readonly int _methods = Enum.GetValues<ProbeMethod>().Length;
    private static readonly int _results = Enum.GetValues<ProbeResult>().Length;
    private readonly long[] _failures = new long[_statuses];
    private IHistogram _seconds = seconds;
    private readonly long[] _probes = new long[_methods * _results];

    /// <summary>Connect attempts for clients that failed this way.</summary>
    public long Failures(ConnectStatus status) => Volatile.Read(ref _failures[(int)status]);

    /// <summary>Probes by this method that ended this way.</summary>
    public long Probes(ProbeMethod method, ProbeResult result) => Volatile.Read(ref _probes[IndexOf(method, result)]);

    /// <summary>Gives the histogram, which goes with a destination that is removed, and is another one when it comes back.</summary>
    public void Bind(IHistogram to) => Volatile.Write(ref _seconds, to);

    /// <summary>Notes how long an attempt took that was accepted.</summary>
    public void Connected(TimeSpan took) => Volatile.Read(ref _seconds).Observe(took.TotalSeconds);

    /// <summary>Counts a failed attempt.</summary>
    public void Failed(ConnectStatus status) => Interlocked.Increment(ref _failures[(int)status]);

    /// <summary>Counts a probe.</summary>
    public void Probed(ProbeMethod method, ProbeResult result) => Interlocked.Increment(ref _probes[IndexOf(method, result)]);

    private static int IndexOf(ProbeMethod method, ProbeResult result) => ((int)method * _results) + (int)result;
}
