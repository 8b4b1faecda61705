using HaProxyNet.Vocabulary;

namespace HaProxyNet.Failover.Operators;

/// <summary>What operators have set for one cluster.</summary>
internal sealed record ClusterDecisions
{
    /// <summary>The destination that was switched to; null: nobody did.</summary>
    public string? SwitchedTo { get; init; }

    /// <summary>The destinations that were taken out, by name.</summary>
    public SortedDictionary<string, Maintenance> Destinations { get; init; } = new(StringComparer.OrdinalIgnoreCase);
}
