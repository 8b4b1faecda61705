using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>The series of connections: those that can be, from 0 upwards, and those that have been.</summary>
internal static class ConnectionSeries
{
    /// <summary>Publishes those of a listener that never had a destination.</summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, Listener listener)
    {
        foreach (var cluster in listener.Plan.Clusters)
        {
            Publish(round, metrics, listener, cluster, isUsed: true);
        }

        Publish(round, metrics, listener, cluster: null, isUsed: listener.Plan.Cluster is null);
    }

    /// <summary>Publishes those of a destination.</summary>
    /// <param name="round">The round.</param>
    /// <param name="metrics">The families.</param>
    /// <param name="cluster">The destination's cluster.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="serving">The listeners that send connections to the cluster; null: none do.</param>
    /// <param name="known">All listeners, by their index: one that has never sent a connection, and does not, has no series.</param>
    /// <param name="isLarge">Whether what only operators do has a series from its first event.</param>
    public static void Publish(
        SeriesRound round,
        ProxyMetrics metrics,
        Cluster cluster,
        Destination destination,
        HashSet<Listener>? serving,
        IReadOnlyList<Listener> known,
        bool isLarge)
    {
        foreach (var listener in serving ?? [])
        {
            Publish(round, metrics, cluster, destination, listener, (Serves: true, isLarge));
        }

        var traffic = destination.AllTraffic;
        for (var index = 0; index < traffic.Count && index < known.Count; index++)
        {
            if (traffic[index].IsUsed && serving?.Contains(known[index]) is not true)
            {
                Publish(round, metrics, cluster, destination, known[index], (Serves: false, isLarge));
            }
        }

        foreach (var outcome in PossibleOutcomes.Cuts)
        {
            var isExpected = serving is not null && !(isLarge && IsOfOperators(outcome));
            var isPossible = isExpected && CanBeCut(outcome, cluster.Plan, serving!);
            round.CountIf(isPossible, metrics.SessionsCut, Cut(traffic, outcome), cluster.Name, destination.Name, outcome.Label());
        }
    }

    private static void Publish(SeriesRound round, ProxyMetrics metrics, Listener listener, Cluster? cluster, bool isUsed)
    {
        var counters = listener.Unconnected(cluster);
        foreach (var outcome in PossibleOutcomes.All)
        {
            var isPossible = isUsed && PossibleOutcomes.HasUnconnected(outcome, listener.Plan, cluster);
            round.CountIf(
                isPossible, metrics.Connections, counters.Ended(outcome), listener.Name, cluster?.Name ?? "", "", outcome.Label());
        }
    }

    private static void Publish(
        SeriesRound round,
        ProxyMetrics metrics,
        Cluster cluster,
        Destination destination,
        Listener listener,
        (bool Serves, bool IsLarge) use)
    {
        var counters = destination.Traffic(listener.Index);
        round.Set(metrics.Active, counters.Active, listener.Name, cluster.Name, destination.Name);
        round.Count(metrics.Bytes, counters.BytesIn, listener.Name, cluster.Name, destination.Name, "in");
        round.Count(metrics.Bytes, counters.BytesOut, listener.Name, cluster.Name, destination.Name, "out");
        foreach (var outcome in PossibleOutcomes.All)
        {
            var isPossible = use.Serves && !(use.IsLarge && outcome is ConnectionOutcome.ClosedByAdmin)
                && PossibleOutcomes.HasConnected(outcome, listener.Plan, cluster.Plan);
            round.CountIf(
                isPossible,
                metrics.Connections,
                counters.Ended(outcome),
                listener.Name,
                cluster.Name,
                destination.Name,
                outcome.Label());
        }
    }

    private static bool IsOfOperators(ConnectionOutcome cut)
        => cut is ConnectionOutcome.ClosedByAdmin or ConnectionOutcome.DrainDeadline;

    private static bool CanBeCut(ConnectionOutcome outcome, ClusterPlan plan, HashSet<Listener> serving)
    {
        foreach (var listener in serving)
        {
            if (PossibleOutcomes.HasConnected(outcome, listener.Plan, plan))
            {
                return true;
            }
        }

        return false;
    }

    private static long Cut(IReadOnlyList<TrafficCounters> traffic, ConnectionOutcome outcome)
    {
        var cut = 0L;
        for (var index = 0; index < traffic.Count; index++)
        {
            cut += traffic[index].Ended(outcome);
        }

        return cut;
    }
}
