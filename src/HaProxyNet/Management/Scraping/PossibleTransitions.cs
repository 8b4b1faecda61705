using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// How clients can come from one destination of a cluster to another, so that each way has a series before its first event. Their number
/// grows with the square of the destinations: a cluster of many has those between neighbours, and those from and to none. Pure.
/// </summary>
internal static class PossibleTransitions
{
    /// <summary>Up to so many destinations, every pair has its series from the start.</summary>
    private const int MostForAllPairs = 6;

    private static readonly ConnectStatus[] _failures =
        [ConnectStatus.Refused, ConnectStatus.Reset, ConnectStatus.Unreachable, ConnectStatus.TimedOut];

    private static readonly ProbeResult[] _badAnswers =
        [ProbeResult.Closed, ProbeResult.WrongStatus, ProbeResult.BadAnswer, ProbeResult.TlsFailed];

    private static readonly string[] _takenOut =
        [SwitchReasons.Reload, DestinationStatus.Draining.Label(), DestinationStatus.Disabled.Label()];

    private static readonly string[] _putBack = [SwitchReasons.Reload, SwitchReasons.Enabled];
    private static readonly string[] _switched = [SwitchReasons.Switch];
    private static readonly string[] _switchedBack = [SwitchReasons.Switch, SwitchReasons.Failback];

    /// <summary>
    /// The changes of the active destination. From none, the first one that can be used is taken, whatever an operator or a policy wants.
    /// </summary>
    /// <param name="plan">The cluster's settings.</param>
    /// <param name="isHeld">
    /// Whether a less preferred destination can be active while a better one is up: then, it can also fail back by failing.
    /// </param>
    /// <param name="byOperators">With those that operators and reloads cause.</param>
    public static IEnumerable<(string From, string To, string Reason)> Failovers(ClusterPlan plan, bool isHeld, bool byOperators = true)
    {
        string[] gone = [.. GoneReasons(plan), .. byOperators ? _takenOut : []];
        string[] come = [.. ComeReasons(plan), .. byOperators ? _putBack : []];
        string[] away = [.. gone, .. byOperators ? _switched : []];
        string[] back = [.. come, .. WaitedReasons(plan), .. byOperators ? _switchedBack : []];
        string[] either = [.. back.Union(gone, StringComparer.Ordinal)];
        var none = ActiveDestination.Name(null);
        foreach (var destination in plan.Destinations)
        {
            foreach (var reason in gone)
            {
                yield return (destination.Name, none, reason);
            }

            foreach (var reason in come)
            {
                yield return (none, destination.Name, reason);
            }
        }

        foreach (var (from, to) in Pairs(plan.Destinations).Where(pair => !plan.AreEqual(pair.From, pair.To)))
        {
            foreach (var reason in to.Model.Tier >= from.Model.Tier ? away : isHeld ? either : back)
            {
                yield return (from.Name, to.Name, reason);
            }
        }
    }

    /// <summary>The connections that go on to another destination while they connect.</summary>
    public static IEnumerable<(string From, string To, string Reason)> FallThroughs(ClusterPlan plan)
    {
        string[] reasons = [.. Failures(plan).Append(ConnectStatus.MovedOn).Select(status => status.Label())];
        reasons = plan.Hedge.IsOff ? reasons : [.. reasons, ConnectStatus.Slow.Label()];
        return Pairs(plan.Destinations).SelectMany(pair => reasons.Select(reason => (pair.From.Name, pair.To.Name, reason)));
    }

    private static IEnumerable<(Destination From, Destination To)> Pairs(Destination[] destinations)
        => from a in Enumerable.Range(0, destinations.Length)
           from b in Enumerable.Range(0, destinations.Length)
           where a != b && (destinations.Length <= MostForAllPairs || Math.Abs(a - b) == 1)
           select (destinations[a], destinations[b]);

    /// <summary>What a connect can meet.</summary>
    private static IEnumerable<ConnectStatus> Failures(ClusterPlan plan)
        => _failures
            .Concat(plan.Destinations.Any(d => !d.Model.Address.IsIPAddress) ? [ConnectStatus.Unresolved] : [])
            .Concat(plan.Encryption is not null ? [ConnectStatus.TlsFailed] : []);

    /// <summary>Why the active destination can be used no more.</summary>
    private static IEnumerable<string> GoneReasons(ClusterPlan plan)
    {
        foreach (var failure in Failures(plan))
        {
            yield return failure.Label();
        }

        if (ProbingPlan.Of(plan).Policy.Probe.Method.IsBeyondConnect())
        {
            foreach (var answer in _badAnswers.Where(a => plan.Encryption is null || a is not ProbeResult.TlsFailed))
            {
                yield return answer.Reason().Label();
            }
        }
    }

    /// <summary>Why a destination can be used that could not.</summary>
    private static IEnumerable<string> ComeReasons(ClusterPlan plan)
    {
        yield return HealthReason.Connected.Label();
        if (ProbingPlan.Of(plan).Policy.Probe.Method.IsBeyondConnect())
        {
            yield return HealthReason.Answered.Label();
        }
    }

    /// <summary>What a failback waits for.</summary>
    private static string[] WaitedReasons(ClusterPlan plan) => plan.Failback.Mode switch
    {
        FailbackMode.StableFor => [SwitchReasons.Stable],
        FailbackMode.WhenIdle => [SwitchReasons.Idle],
        FailbackMode.Window => [SwitchReasons.Window],
        _ => [],
    };
}
