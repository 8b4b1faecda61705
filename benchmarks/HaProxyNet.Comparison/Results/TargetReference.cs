namespace HaProxyNet.Comparison.Results;

/// <summary>What a target's figure is divided by.</summary>
internal enum TargetReference
{
    /// <summary>Nothing: the figure itself is bounded.</summary>
    Nothing,

    /// <summary>The lowest median of any peer configuration.</summary>
    BestPeer,

    /// <summary>The lowest median among one product's configurations.</summary>
    BestOfProduct,

    /// <summary>One configuration.</summary>
    Contender,
}
