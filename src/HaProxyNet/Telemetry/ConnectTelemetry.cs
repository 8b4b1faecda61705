using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Telemetry;

/// <summary>What is counted of connect attempts and probes to one destination. Any thread.</summary>
internal sealed class ConnectTelemetry(TimeSeries seconds)
{
    private static readonly int _statuses = Enum.GetValues<ConnectStatus>().Length;
    private static readonly int _methods = Enum.GetValues<ProbeMethod>().Length;
    private static readonly int _results = Enum.GetValues<ProbeResult>().Length;
    private readonly long[] _failures = new long[_statuses];
    private readonly long[] _probes = new long[_methods * _results];
    private TimeSeries _seconds = seconds;
    private Action<TimeSpan>? _next;

    /// <summary>Connect attempts for clients that failed this way.</summary>
    public long Failures(ConnectStatus status) => Volatile.Read(ref _failures[(int)status]);

    /// <summary>Probes by this method that ended this way.</summary>
    public long Probes(ProbeMethod method, ProbeResult result) => Volatile.Read(ref _probes[IndexOf(method, result)]);

    /// <summary>Gives the histogram, which goes with a destination that is removed, and is another one when it comes back.</summary>
    public void Bind(TimeFamily family, string cluster, string destination)
    {
        if (!ReferenceEquals(family.Scraped.WithLabels(cluster, destination), Volatile.Read(ref _seconds).Scraped))
        {
            Volatile.Write(ref _seconds, family.Of(cluster, destination));
        }
    }

    /// <summary>Whether somebody waits for the next connection.</summary>
    public bool IsWatched => Volatile.Read(ref _next) is not null;

    /// <summary>
    /// Calls once, at the next connection that is accepted, with how long that took. The call is on a lane: it must not wait.
    /// </summary>
    public void WhenNextConnected(Action<TimeSpan>? observer) => Volatile.Write(ref _next, observer);

    /// <summary>Notes how long an attempt took that was accepted.</summary>
    public void Connected(TimeSpan took)
    {
        Volatile.Read(ref _seconds).Observe(took);
        if (Volatile.Read(ref _next) is not null)
        {
            Interlocked.Exchange(ref _next, null)?.Invoke(took);
        }
    }

    /// <summary>Counts a failed attempt.</summary>
    public void Failed(ConnectStatus status) => Interlocked.Increment(ref _failures[(int)status]);

    /// <summary>Counts a probe.</summary>
    public void Probed(ProbeMethod method, ProbeResult result) => Interlocked.Increment(ref _probes[IndexOf(method, result)]);

    private static int IndexOf(ProbeMethod method, ProbeResult result) => ((int)method * _results) + (int)result;
}
