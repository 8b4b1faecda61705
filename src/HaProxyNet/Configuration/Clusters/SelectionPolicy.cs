namespace HaProxyNet.Configuration.Clusters;

/// <summary>How new connections are spread over a cluster's destinations.</summary>
public enum SelectionPolicy
{
    /// <summary>All to the most preferred destination that is up; the others stand by.</summary>
    PrimaryPreferred,

    /// <summary>In turn to those of equal priority.</summary>
    RoundRobin,

    /// <summary>To the one of equal priority that has the fewest open connections.</summary>
    LeastConnections,

    /// <summary>A client's address decides which one of equal priority, and it stays with it.</summary>
    SourceAddress,
}
