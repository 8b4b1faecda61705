using HaProxyNet.State;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Scraping;

/// <summary>Which destinations operators have out of service, and since when.</summary>
internal static class LeaseSeries
{
    /// <summary>Publishes them; a destination that is in service has none.</summary>
    public static void Publish(SeriesRound round, ProxyMetrics metrics, Cluster cluster, Destination destination)
    {
        if (destination.Decision is not { IsOut: true } taken)
        {
            return;
        }

        round.Set(metrics.LeaseHeld, 1, cluster.Name, destination.Name, taken.Node);
        if (taken.At != default)
        {
            round.Set(metrics.LeaseSince, taken.At.ToUnixTimeMilliseconds() / 1000.0, cluster.Name, destination.Name, taken.Node);
        }
    }
}
