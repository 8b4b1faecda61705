using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.State;

/// <summary>Makes destinations to decide about.</summary>
internal static class Destinations
{
    public static Destination Create(string name, int preference =
        0, DestinationStatus status = DestinationStatus.Up, string reason = "start", int? tier = null)
        => new(
            "agents",
            name,
            new DestinationModel(DestinationAddress.Parse("10.0.0.1:5050"), preference, tier ?? preference),
            new DestinationCondition(status, HealthReasons.Read(reason), Since: 1, Failures: status is DestinationStatus.Up ? 0 : 1),
            new ProxyMetrics().ConnectsOf("agents", name),
            new KnownAddresses().Of(DestinationAddress.Parse("10.0.0.1:5050")));
}
