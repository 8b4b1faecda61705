using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>The series that say how a destination is.</summary>
internal static class StateSeries
{
    private static readonly DestinationStatus[] _states = Enum.GetValues<DestinationStatus>();

    /// <summary>Publishes them.</summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, Cluster cluster, Destination destination, TimeProvider time)
    {
        var status = destination.Status;
        round.Set(metrics.ActiveDestination, cluster.IsActive(destination) ? 1 : 0, cluster.Name, destination.Name);
        round.Set(metrics.DestinationUp, status.CanBeGivenConnections() ? 1 : 0, cluster.Name, destination.Name);
        foreach (var state in _states)
        {
            round.Set(metrics.DestinationState, status == state ? 1 : 0, cluster.Name, destination.Name, state.Label());
        }

        if (destination.LastProven is > 0 and var proven)
        {
            var at = time.GetUtcNow() - time.GetElapsedTime(proven);
            round.Set(metrics.LastProven, at.ToUnixTimeMilliseconds() / 1000.0, cluster.Name, destination.Name);
        }
    }
}
