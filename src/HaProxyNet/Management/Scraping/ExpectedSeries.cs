using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// What can happen, and has a series before it does: an alert on a first event needs a 0 before it. The rest has a series from its first
/// event, so that a scrape is not full of zeros that nobody asks for. Pure.
/// </summary>
internal static class ExpectedSeries
{
    public static readonly ConnectionOutcome[] Outcomes =
        [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];
    public static readonly ConnectStatus[] Failures =
        [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];

    /// <summary>What can happen to any destination; the others have a series from their first event.</summary>
    private static readonly ConnectStatus[] _usualFailures =
        [ConnectStatus.Refused, ConnectStatus.Reset, ConnectStatus.Unreachable, ConnectStatus.TimedOut, ConnectStatus.LocalFailure];

    /// <summary>How a drill can end; one of a destination that is down already has its reason.</summary>
    private static readonly string[] _drillResults =
    [
        .. Enum.GetValues<ProbeResult>().Select(result => result.Label()), ConnectStatus.Unresolved.Label(),
        Evidence.Unanswered.Reason.Label(),
    ];

    public static readonly DestinationStatus[] States = Enum.GetValues<DestinationStatus>();
    public static readonly (ProbeMethod Method, ProbeResult Result)[] Probes =
        [.. Enum.GetValues<ProbeMethod>().SelectMany(method => Enum.GetValues<ProbeResult>().Select(result => (method, result)))];

    /// <summary>The ends of connections that never had a destination; with one, everything else can happen.</summary>
    public static readonly ConnectionOutcome[] Unconnected =
    [
        ConnectionOutcome.ClientAborted, ConnectionOutcome.NoDestination, ConnectionOutcome.FirstByteTimeout,
        ConnectionOutcome.HelloTimeout,
        ConnectionOutcome.TlsFailed,
        ConnectionOutcome.CrowdedOut,
        ConnectionOutcome.ProxyHeader,
        ConnectionOutcome.DrainDeadline,
        ConnectionOutcome.InternalError,
    ];

    public static readonly ConnectionOutcome[] NeverConnected =
    [
        ConnectionOutcome.ClientAborted,
        ConnectionOutcome.NoDestination,
        ConnectionOutcome.FirstByteTimeout,
        ConnectionOutcome.HelloTimeout,
        ConnectionOutcome.CrowdedOut,
    ];

    /// <summary>The ends that policies and operators decided, of connections that were open.</summary>
    public static readonly ConnectionOutcome[] Cuts =
    [
        ConnectionOutcome.FailedBack,
        ConnectionOutcome.DestinationDown,
        ConnectionOutcome.ClosedByAdmin,
        ConnectionOutcome.DrainDeadline,
        ConnectionOutcome.IdleTimeout,
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

    /// <summary>How the drills of a cluster can end.</summary>
    public static IReadOnlyList<string> Drills(ClusterPlan plan) => ProbingPlan.Of(plan).Drill is null ? [] : _drillResults;
}
