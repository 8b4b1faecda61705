using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// What can happen, and has a series before it does: an alert on a first event needs a 0 before it. The rest has a series from its first event,
/// so that a scrape is not full of zeros that nobody asks for. Pure.
/// </summary>
internal static class ExpectedSeries
{
    /// <summary>What can happen to any destination.</summary>
    private static readonly ConnectStatus[] _usualFailures =
        [ConnectStatus.Refused, ConnectStatus.Reset, ConnectStatus.Unreachable, ConnectStatus.TimedOut, ConnectStatus.LocalFailure];

    /// <summary>How a drill can end; one of a destination that is down already has its reason.</summary>
    private static readonly string[] _drillResults =
        [.. Enum.GetValues<ProbeResult>().Select(result => result.Label()), ConnectStatus.Unresolved.Label(), Evidence.Unanswered.Reason];

    /// <summary>The ends of connections that never had a destination; with one, everything else can happen.</summary>
    private static readonly ConnectionOutcome[] _unconnected =
    [
        ConnectionOutcome.ClientAborted, ConnectionOutcome.NoDestination, ConnectionOutcome.FirstByteTimeout, ConnectionOutcome.HelloTimeout,
        ConnectionOutcome.TlsFailed, ConnectionOutcome.CrowdedOut, ConnectionOutcome.ProxyHeader, ConnectionOutcome.DrainDeadline, ConnectionOutcome.InternalError,
    ];

    private static readonly ConnectionOutcome[] _neverConnected =
    [
        ConnectionOutcome.ClientAborted, ConnectionOutcome.NoDestination, ConnectionOutcome.FirstByteTimeout, ConnectionOutcome.HelloTimeout,
        ConnectionOutcome.CrowdedOut,
    ];

    /// <summary>Whether an attempt to connect can fail this way.</summary>
    public static bool Has(ConnectStatus failure, ClusterPlan plan, Destination destination) => failure switch
    {
        ConnectStatus.Unresolved => !destination.Model.Address.IsIPAddress,
        ConnectStatus.TlsFailed => plan.Encryption is not null,
        _ => _usualFailures.Contains(failure),
    };

    /// <summary>Whether destinations are asked by this method.</summary>
    public static bool Has(ProbeMethod method, ClusterPlan plan)
        => ProbingPlan.Of(plan) is var probing && (method == probing.Policy.Probe.Method || method == probing.Drill?.Probe.Method);

    /// <summary>Whether a connection can end this way before it has a destination.</summary>
    public static bool HasUnconnected(ConnectionOutcome outcome) => _unconnected.Contains(outcome);

    /// <summary>Whether a connection can end this way once it has a destination.</summary>
    public static bool HasConnected(ConnectionOutcome outcome) => !_neverConnected.Contains(outcome);

    /// <summary>How the drills of a cluster can end.</summary>
    public static IReadOnlyList<string> Drills(ClusterPlan plan) => ProbingPlan.Of(plan).Drill is null ? [] : _drillResults;
}
