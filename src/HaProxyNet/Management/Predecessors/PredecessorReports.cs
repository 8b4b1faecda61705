using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Predecessors;

/// <summary>
/// The last reports of processes that were upgraded and still have connections. They are kept as they come, and nothing waits for the next
/// one: a process that hangs is shown with the age of what it said. Any thread.
/// </summary>
internal sealed class PredecessorReports(TimeProvider time)
{
    private volatile Heard _heard = new([], 0);
    private volatile bool _isListening;

    /// <summary>The process before this one may report still.</summary>
    public bool IsListening => _isListening;

    /// <summary>The last reports, as they came.</summary>
    public IReadOnlyList<PredecessorReport> Reports => _heard.Reports;

    /// <summary>The process before this one has handed over, and reports from now on.</summary>
    public void Begin() => _isListening = true;

    /// <summary>New reports, in place of those before: of the process before this one, and of those before it.</summary>
    public void Set(IReadOnlyList<PredecessorReport> reports) => _heard = new(reports, time.GetTimestamp());

    /// <summary>The process before this one has ended, and with it all that it could say.</summary>
    public void End() => (_heard, _isListening) = (new([], 0), false);

    /// <summary>The processes that still have connections.</summary>
    public IReadOnlyList<PredecessorStatus> Describe()
    {
        var heard = _heard;
        return [.. heard.Reports.Where(report => report.Connections > 0).Select(report => new PredecessorStatus(
            report.Process,
            report.Version,
            report.StartedAt,
            report.EndsBy,
            report.Connections,
            report.Destinations,
            Math.Round(time.GetElapsedTime(heard.At).TotalSeconds, 3)))];
    }

    /// <summary>Their sessions, marked with their process.</summary>
    public IEnumerable<SessionEntry> Sessions
        => _heard.Reports.SelectMany(report => report.Sessions.Select(session => session with { Process = report.Process }));

    /// <summary>How many connections they still have on a destination.</summary>
    public int CountOn(string cluster, string destination) => _heard.Reports
        .SelectMany(report => report.Destinations)
        .Where(one => one.Cluster.Equals(cluster, StringComparison.OrdinalIgnoreCase)
            && one.Destination.Equals(destination, StringComparison.OrdinalIgnoreCase))
        .Sum(one => one.Connections);

    /// <summary>Reports and when they came: replaced together.</summary>
    private sealed record Heard(IReadOnlyList<PredecessorReport> Reports, long At);
}
