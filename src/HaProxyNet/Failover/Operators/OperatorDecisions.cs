namespace HaProxyNet.Failover.Operators;

/// <summary>The content of the state file: what operators have set, by name.</summary>
internal sealed record OperatorDecisions
{
    /// <summary>By the name of the cluster.</summary>
    public SortedDictionary<string, ClusterDecisions> Clusters { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}
