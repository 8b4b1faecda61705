namespace HaProxyNet.Configuration.Clusters;

/// <summary>What clients see while no destination of a cluster can be used.</summary>
public enum AllDownAction
{
    /// <summary>Their connection is accepted and reset.</summary>
    Reset,

    /// <summary>The port refuses, as if nothing listened; it listens again as soon as one destination is up.</summary>
    StopListening,
}
