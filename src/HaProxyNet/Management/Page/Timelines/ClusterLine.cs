namespace HaProxyNet.Management.Page.Timelines;

/// <summary>A cluster's line in a timeline.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Spans">Which destination was active when, in order.</param>
/// <param name="Marks">What happened in it.</param>
/// <param name="Buckets">Connections in equal parts of the time.</param>
internal sealed record ClusterLine(
    string Cluster,
    IReadOnlyList<ActiveSpan> Spans,
    IReadOnlyList<TimeMark> Marks,
    IReadOnlyList<TimeBucket> Buckets);
