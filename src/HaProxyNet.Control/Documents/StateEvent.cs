namespace HaProxyNet.Control.Documents;

/// <summary>A change of state in <c>/api/v1/events</c>.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What: <c>destination_down</c>, <c>failover</c>, <c>draining</c>, …</param>
/// <param name="Cluster">The cluster; none when it concerns the whole proxy.</param>
/// <param name="Destination">The destination; of a switch, the new one.</param>
/// <param name="Reason">Why, as in logs and metrics.</param>
/// <param name="Text">The line of the log.</param>
public sealed record StateEvent(DateTimeOffset At, string Kind, string? Cluster, string? Destination, string? Reason, string Text)
{
    /// <summary>What else the line names: <c>address</c>, <c>from</c>, <c>by</c>, …</summary>
    public IReadOnlyDictionary<string, string>? Facts { get; init; }
}
