using HaProxyNet.Control.Documents;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Management.History.Records;

/// <summary>One record of the history: exactly one of its parts is set.</summary>
/// <param name="Seq">Its place in the order; clocks jump, this does not.</param>
/// <param name="At">When it happened; of a minute, when that began.</param>
internal sealed record HistoryRecord(long Seq, DateTimeOffset At)
{
    /// <summary>A change of state.</summary>
    public StateEvent? Event { get; init; }

    /// <summary>The sums of a minute.</summary>
    public ClusterMinute? Minute { get; init; }

    /// <summary>A connection that did not end well.</summary>
    public TroubledConnection? Connection { get; init; }

    /// <summary>An attempt or a probe that failed.</summary>
    public FailedAttempt? Attempt { get; init; }

    /// <summary>What is remembered of a destination.</summary>
    public HealthNote? Health { get; init; }
}
