namespace HaProxyNet.Management.Page.Timelines;

/// <summary>What a time looked like: the same for the live page and for the report of an incident.</summary>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Clusters">One line for each cluster.</param>
/// <param name="Marks">What concerns no single cluster: starts, reloads, certificates.</param>
public sealed record Timeline(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<ClusterLine> Clusters, IReadOnlyList<TimeMark> Marks)
{
    /// <summary>Older records were left out.</summary>
    public bool IsCut { get; init; }
}
