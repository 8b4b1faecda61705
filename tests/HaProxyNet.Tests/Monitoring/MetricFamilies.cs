using HaProxyNet.Telemetry;
using Prometheus;

namespace HaProxyNet.Tests.Monitoring;

/// <summary>The metric families that the source has.</summary>
internal static class MetricFamilies
{
    public static IReadOnlyList<Collector> Families(this ProxyMetrics metrics)
        => [.. typeof(ProxyMetrics).GetProperties().Select(property => property.GetValue(metrics))
            .Select(value => value is TimeFamily times ? times.Scraped : value).OfType<Collector>()];
}
