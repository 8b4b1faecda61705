namespace HaProxyNet.Management.History.Keeping;

/// <summary>A cluster's counters at one moment.</summary>
/// <param name="Ended">Connections that ended, by outcome.</param>
/// <param name="FallThroughs">Connections that went on to the next destination.</param>
internal sealed record ClusterCounts(long[] Ended, long FallThroughs);
