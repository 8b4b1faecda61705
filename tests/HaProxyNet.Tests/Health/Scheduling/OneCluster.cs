using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Health.Scheduling;

/// <summary>A cluster that only a schedule looks at.</summary>
internal static class OneCluster
{
    public static Cluster With(int destinations, string drill = "")
    {
        var options = new ClusterOptions
        {
            Destinations =
            [
                .. Enumerable.Range(0, destinations).Select(i => new DestinationOptions { Name = $"d{i}", Address = $"10.0.0.{i + 1}:1" }),
            ],
        };
        options.Health.Drill.At = drill;
        var clusters = new Dictionary<string, ClusterOptions>(StringComparer.OrdinalIgnoreCase) { ["agents"] = options };
        var all = new ProxyOptions { Clusters = clusters };
        return new ClusterDirectory(all, new KnownAddresses(), new ProxyMetrics(), new FakeTimeProvider()).Find("agents")!;
    }
}
