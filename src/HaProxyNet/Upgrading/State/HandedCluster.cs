namespace HaProxyNet.Upgrading.State;

/// <summary>What a process knows of a cluster.</summary>
internal sealed record HandedCluster
{
    /// <summary>The destination that new connections go to; null: none.</summary>
    public string? Active { get; init; }

    /// <summary>The destination that an operator has switched to; null: none.</summary>
    public string? Pinned { get; init; }

    /// <summary>By name.</summary>
    public Dictionary<string, HandedDestination> Destinations { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether both say the same, but for when destinations last accepted: that changes with every connection.</summary>
    public bool SaysTheSameAs(HandedCluster other)
        => Active == other.Active
            && Pinned == other.Pinned
            && Destinations.Count == other.Destinations.Count
            && Destinations.All(d => other.Destinations.GetValueOrDefault(d.Key) is { } same && d.Value.SaysTheSameAs(same));
}
