using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>The series that say what came of connects to a destination, of its probes and of its drills.</summary>
internal static class ResultSeries
{
    /// <summary>
    /// Publishes them. Nobody connects to a standby while it stands by: the times of its connects have their series from when it is active.
    /// </summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, Cluster cluster, Destination destination, bool isLarge)
    {
        var (connects, probing) = (destination.Connects, ProbingPlan.Of(cluster.Plan));
        connects.Bind(metrics.ConnectSeconds, cluster.Name, destination.Name);
        round.Keep(!isLarge && cluster.IsActive(destination), metrics.ConnectSeconds.Scraped, cluster.Name, destination.Name);
        foreach (var status in PossibleResults.Failures)
        {
            var isPossible = PossibleResults.Has(status, cluster.Plan, destination);
            round.CountIf(
                isPossible, metrics.ConnectFailures, connects.Failures(status), cluster.Name, destination.Name, status.Label());
        }

        foreach (var (method, result) in PossibleResults.Probes)
        {
            var isPossible = PossibleResults.Has(method, result, probing) && !(isLarge && result is ProbeResult.Loop);
            var count = connects.Probes(method, result);
            round.CountIf(isPossible, metrics.Probes, count, cluster.Name, destination.Name, method.Label(), result.Label());
        }

        foreach (var result in PossibleResults.Drills(probing).Union(destination.Drills.Results, StringComparer.Ordinal))
        {
            round.Count(metrics.Drills, destination.Drills[result], cluster.Name, destination.Name, result);
        }
    }
}
