namespace HaProxyNet.Upgrading.State;

/// <summary>What a process knows of the clusters, for the one that takes over.</summary>
internal sealed record HandedState
{
    /// <summary>By name.</summary>
    public Dictionary<string, HandedCluster> Clusters { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}
