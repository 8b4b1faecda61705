using HaProxyNet.Management.Predecessors;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The series of processes that an upgrade has left with connections. Their numbers are no labels: each upgrade has new ones.
/// </summary>
internal static class PredecessorSeries
{
    /// <summary>Publishes them.</summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, PredecessorReports predecessors)
    {
        var left = predecessors.Describe();
        metrics.Predecessors.Set(left.Count);
        foreach (var on in left.SelectMany(one => one.Destinations).GroupBy(one => (one.Cluster, one.Destination)))
        {
            round.Set(metrics.PredecessorsActive, on.Sum(one => one.Connections), on.Key.Cluster, on.Key.Destination);
        }
    }
}
