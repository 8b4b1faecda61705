namespace HaProxyNet.Comparison.Contenders;

/// <summary>The part that a contender plays in ratios.</summary>
internal enum ContenderRole
{
    /// <summary>No proxy: what load and backend cost by themselves.</summary>
    Baseline,

    /// <summary>Another product.</summary>
    Peer,

    /// <summary>HaProxyNet.</summary>
    Ours,
}
