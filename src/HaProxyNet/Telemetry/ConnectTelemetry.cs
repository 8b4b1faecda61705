using HaProxyNet.Connecting;
using Prometheus;

namespace HaProxyNet.Telemetry;

/// <summary>What is counted of connect attempts and probes to one destination. Any thread.</summary>
internal sealed class ConnectTelemetry(IHistogram seconds)
{
    private static readonly int _statuses = Enum.GetValues<ConnectStatus>().Length;
    private readonly long[] _failures = new long[_statuses];
    private readonly long[] _probes = new long[_statuses];

    /// <summary>Connect attempts for clients that failed this way.</summary>
    public long Failures(ConnectStatus status) => Volatile.Read(ref _failures[(int)status]);

    /// <summary>Probes that ended this way.</summary>
    public long Probes(ConnectStatus status) => Volatile.Read(ref _probes[(int)status]);

    /// <summary>Notes how long an attempt took that was accepted.</summary>
    public void Connected(TimeSpan took) => seconds.Observe(took.TotalSeconds);

    /// <summary>Counts a failed attempt.</summary>
    public void Failed(ConnectStatus status) => Interlocked.Increment(ref _failures[(int)status]);

    /// <summary>Counts a probe.</summary>
    public void Probed(ConnectStatus status) => Interlocked.Increment(ref _probes[(int)status]);
}
