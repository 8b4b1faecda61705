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
}
