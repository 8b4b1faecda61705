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

    /// <summary>The changes of the active destination.</summary>
    public static IEnumerable<(string From, string To, string Reason)> Failovers(ClusterPlan plan)
    {
        string[] away = [.. AwayReasons(plan)];
        string[] back = [.. BackReasons(plan)];
        var none = ActiveDestination.Name(null);
        foreach (var destination in plan.Destinations)
        {
            foreach (var reason in away)
            {
                yield return (destination.Name, none, reason);
            }

            foreach (var reason in back)
            {
                yield return (none, destination.Name, reason);
            }
        }

        foreach (var (from, to) in Pairs(plan.Destinations))
        {
            foreach (var reason in to.Model.Tier < from.Model.Tier ? back : away)
            {
                yield return (from.Name, to.Name, reason);
            }
        }
    }

    /// <summary>The connections that go on to another destination while they connect.</summary>
    public static IEnumerable<(string From, string To, string Reason)> FallThroughs(ClusterPlan plan)
    {
        string[] reasons = [.. Failures(plan).Append(ConnectStatus.Slow).Append(ConnectStatus.MovedOn).Select(status => status.Label())];
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

    private static IEnumerable<string> AwayReasons(ClusterPlan plan)
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

        yield return SwitchReasons.Reload;
        yield return DestinationStatus.Draining.Label();
        yield return DestinationStatus.Disabled.Label();
        yield return SwitchReasons.Switch;
    }

    private static IEnumerable<string> BackReasons(ClusterPlan plan)
    {
        yield return HealthReason.Connected.Label();
        if (ProbingPlan.Of(plan).Policy.Probe.Method.IsBeyondConnect())
        {
            yield return HealthReason.Answered.Label();
        }

        if (plan.Failback.Mode switch
        {
            FailbackMode.StableFor => SwitchReasons.Stable,
            FailbackMode.WhenIdle => SwitchReasons.Idle,
            FailbackMode.Window => SwitchReasons.Window,
            _ => null,
        } is { } waited)
        {
            yield return waited;
        }

        yield return SwitchReasons.Reload;
        yield return SwitchReasons.Enabled;
        yield return SwitchReasons.Switch;
        yield return SwitchReasons.Failback;
    }
}
