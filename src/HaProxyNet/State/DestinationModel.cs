using HaProxyNet.Configuration.Clusters;

namespace HaProxyNet.State;

/// <summary>What the configuration says of a destination. Immutable; a reload replaces it.</summary>
/// <param name="Address">Host and port.</param>
/// <param name="Preference">The place in the list; 0 is the primary.</param>
/// <param name="Tier">Destinations of a lower tier are used first; those of the same tier are equal.</param>
internal sealed record DestinationModel(DestinationAddress Address, int Preference, int Tier)
{
    /// <summary>The name that it alone is asked for with TLS; empty: the cluster's.</summary>
    public string TlsServerName { get; init; } = "";

    /// <summary>Each destination of a cluster, in the order of the list.</summary>
    public static DestinationModel[] From(ClusterOptions cluster)
    {
        var isNumbered = cluster.Destinations.Any(d => d.Priority is not null);
        var isRanked = cluster.Policy is SelectionPolicy.PrimaryPreferred && !isNumbered;
        return [.. cluster.Destinations.Select((d, index) => new DestinationModel(
            DestinationAddress.Parse(d.Address), index, isRanked ? index : d.Priority ?? 0) { TlsServerName = d.TlsServerName })];
    }
}
