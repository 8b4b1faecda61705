using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Prometheus;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The ways from one destination of a cluster to another: those that can happen, from 0 upwards, and those that have happened.
/// </summary>
internal static class TransitionSeries
{
    /// <summary>Publishes them; not those of destinations that are no longer configured.</summary>
    public static void Publish(
        SeriesRound round,
        Counter family,
        Cluster cluster,
        TransitionCounters counts,
        IEnumerable<(string From, string To, string Reason)> possible,
        Func<Cluster, string, bool> isKnown)
    {
        var counted = counts.Read();
        foreach (var (from, to, reason) in counted.Count == 0 ? possible : possible.Except(counted.Select(c => (c.From, c.To, c.Reason))))
        {
            round.Count(family, 0, cluster.Name, from, to, reason);
        }

        foreach (var (from, to, reason, count) in counted)
        {
            if (isKnown(cluster, from) && isKnown(cluster, to))
            {
                round.Count(family, count, cluster.Name, from, to, reason);
            }
        }
    }
}
