using HaProxyNet.Comparison.Load;

namespace HaProxyNet.Comparison.Failover;

/// <summary>What clients felt and agents saw, from the records of both.</summary>
internal sealed record FailoverJudgement
{
    /// <summary>Requests that got no answer although the primary was gone before they were sent: the proxy could have saved them.</summary>
    public required int Failed { get; init; }

    /// <summary>
    /// Requests under way while the primary went: it may have received them, so sending them again could execute them twice.
    /// </summary>
    public required int CutInFlight { get; init; }

    /// <summary>Executions beyond the first of any request.</summary>
    public required int Replayed { get; init; }

    /// <summary>
    /// Longest wait, in ms, but for requests that were under way while the primary went: they wait for it and not for the proxy.
    /// </summary>
    public required double WorstMs { get; init; }

    /// <summary>p99.9 of the waits, in ms.</summary>
    public required double P999Ms { get; init; }

    /// <summary>Longest wait less the median wait before the fault, in ms.</summary>
    public required double AddedMs { get; init; }

    /// <summary>
    /// The same of the requests of the first second without the primary, in ms: a second of a noisy machine, not seventeen.
    /// </summary>
    public required double FirstSecondMs { get; init; }

    /// <summary>From the repair to the first answer of the primary, in ms; null: not before the load ended.</summary>
    public required double? BackMs { get; init; }

    /// <summary>Judges a run.</summary>
    /// <param name="records">All requests.</param>
    /// <param name="times">When what happened.</param>
    /// <param name="primary">The primary's number.</param>
    /// <param name="executions">How often a request was executed, over all agents.</param>
    public static FailoverJudgement Of(IReadOnlyList<RpcRecord> records, FailoverTimes times, long primary, Func<long, int> executions)
    {
        var lost = records.Where(record => record.Agent is null).ToList();
        var waits = LatencyFigures.Of(records.Where(record => !WasUnderWay(record)).Select(record => record.Wait.TotalMicroseconds));
        var calm = LatencyFigures.Of(records.Where(record => record.Ended < times.Fault).Select(record => record.Wait.TotalMicroseconds));
        var back = records.Where(record => record.Agent == primary && record.Sent >= times.Repair).MinBy(record => record.Ended);
        return new FailoverJudgement
        {
            Failed = lost.Count(record => !WasCut(record)),
            CutInFlight = lost.Count(WasCut),
            Replayed = records.Sum(record => Math.Max(0, executions(record.Id) - 1)),
            WorstMs = waits.Max / 1000,
            P999Ms = waits.P999 / 1000,
            AddedMs = (waits.Max - calm.P50) / 1000,
            FirstSecondMs =
                (LatencyFigures.Of(records.Where(IsOfFirstSecond).Select(record => record.Wait.TotalMicroseconds)).Max - calm.P50) / 1000,
            BackMs = back is null ? null : (back.Ended - times.Repair).TotalMilliseconds,
        };

        bool WasUnderWay(RpcRecord record) => record.Sent < times.Gone && record.Ended > times.Fault;

        bool IsOfFirstSecond(RpcRecord record) => record.Sent >= times.Gone && record.Sent < times.Gone + TimeSpan.FromSeconds(1);

        bool WasCut(RpcRecord record) => record.Sent < times.Gone || executions(record.Id) > 0;
    }
}
