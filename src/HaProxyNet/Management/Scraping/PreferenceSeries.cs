using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>The series that say which destination of a cluster should serve, and what keeps it from doing so.</summary>
internal static class PreferenceSeries
{
    /// <summary>Publishes those of a cluster and its destinations.</summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, Cluster cluster, TimeProvider time)
    {
        round.Set(metrics.FailbackWaiting, IsFailbackWaiting(cluster) ? 1 : 0, cluster.Name);
        round.Set(metrics.HoldDownMax, Seconds(cluster.Plan.Health.HoldDownMax, time), cluster.Name);
        foreach (var destination in cluster.Plan.Destinations)
        {
            var condition = destination.Condition;
            var hold = condition.State is DestinationStatus.Down ? cluster.Plan.Health.HoldAfter(condition.Relapses) : 0;
            round.Set(metrics.DestinationPriority, destination.Model.Tier, cluster.Name, destination.Name);
            round.Set(metrics.HoldDown, Seconds(hold, time), cluster.Name, destination.Name);
            LeaseSeries.Publish(round, metrics, cluster, destination);
        }
    }

    /// <summary>Whether a more preferred destination than the active one is up.</summary>
    private static bool IsFailbackWaiting(Cluster cluster)
        => cluster.Active.Current is { } active
            && cluster.Plan.Destinations.Any(d => d.Model.Tier < active.Model.Tier && d.Status is DestinationStatus.Up);

    private static double Seconds(long units, TimeProvider time) => (double)units / time.TimestampFrequency;
}
