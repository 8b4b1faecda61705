namespace HaProxyNet.Telemetry.Troubles;

/// <summary>A connect attempt or a probe that failed: evidence for what was decided.</summary>
/// <param name="At">When it failed.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination.</param>
/// <param name="Address">The address that was tried.</param>
/// <param name="Reason">How it failed, as in the metrics.</param>
/// <param name="TookMs">How long that took, in milliseconds.</param>
public sealed record FailedAttempt(DateTimeOffset At, string Cluster, string Destination, string Address, string Reason, double TookMs)
{
    /// <summary>It was a probe, and no client waited for it.</summary>
    public bool IsProbe { get; init; }
}
