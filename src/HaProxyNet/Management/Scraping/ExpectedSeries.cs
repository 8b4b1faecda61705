using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>The label values that have a series from the start, so that a dashboard sees a zero before the first event.</summary>
internal static class ExpectedSeries
{
    public static readonly ConnectionOutcome[] Outcomes =
        [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];
    public static readonly ConnectStatus[] Failures =
        [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];

    /// <summary>What can happen to any destination; the others have a series from their first event.</summary>
    public static readonly ConnectStatus[] UsualFailures =
        [ConnectStatus.Refused, ConnectStatus.Reset, ConnectStatus.Unreachable, ConnectStatus.TimedOut, ConnectStatus.LocalFailure];

    public static readonly string[] DrillResults = [.. Enum.GetValues<ProbeResult>().Select(result => result.Label())];

    public static readonly DestinationStatus[] States = Enum.GetValues<DestinationStatus>();
    public static readonly (ProbeMethod Method, ProbeResult Result)[] Probes =
        [.. Enum.GetValues<ProbeMethod>().SelectMany(method => Enum.GetValues<ProbeResult>().Select(result => (method, result)))];

    /// <summary>The ends of connections that never had a destination; with one, everything else can happen.</summary>
    public static readonly ConnectionOutcome[] Unconnected =
    [
        ConnectionOutcome.ClientAborted, ConnectionOutcome.NoDestination, ConnectionOutcome.FirstByteTimeout,
        ConnectionOutcome.HelloTimeout,
        ConnectionOutcome.TlsFailed, ConnectionOutcome.InternalError,
    ];

    public static readonly ConnectionOutcome[] NeverConnected =
    [
        ConnectionOutcome.ClientAborted,
        ConnectionOutcome.NoDestination,
        ConnectionOutcome.FirstByteTimeout,
        ConnectionOutcome.HelloTimeout,
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
}
