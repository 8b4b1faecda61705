using System.Globalization;
using HaProxyNet.Simulator.Clients;

namespace HaProxyNet.Simulator.Load;

/// <summary>What became of a load's requests, so far or in the end. Latencies are those of requests that succeeded.</summary>
public sealed record LoadReport
{
    /// <summary>Requests that were due.</summary>
    public required long Sent { get; init; }

    /// <summary>Requests under way.</summary>
    public required long InFlight { get; init; }

    /// <summary>Ended requests by outcome; an outcome that did not happen is not listed.</summary>
    public required IReadOnlyDictionary<RpcOutcome, long> Outcomes { get; init; }

    /// <summary>Successful requests by agent.</summary>
    public required IReadOnlyDictionary<string, long> ByAgent { get; init; }

    /// <summary>Executions beyond the first one of each id, over all ledgers that the load was given; 0 when it was given none.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Requests that were answered although no ledger has them; 0 when the load was given no ledger.</summary>
    public required long Unexecuted { get; init; }

    /// <summary>From the moment a request was due to its end, so that a stall is felt by all requests that were due in it.</summary>
    public required LatencySummary TotalWait { get; init; }

    /// <summary>From the moment it was sent, without the time that the agent itself took: what network and proxy added.</summary>
    public required LatencySummary AddedWait { get; init; }

    /// <summary>How late the generator itself sent: part of the total wait, and no fault of the system under test.</summary>
    public required LatencySummary SendDelay { get; init; }

    /// <summary>The time since the load began, or that it took.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>What went wrong with the first failed request; null when none failed.</summary>
    public string? FirstError { get; init; }

    /// <summary>Requests that succeeded.</summary>
    public long Ok => Outcomes.GetValueOrDefault(RpcOutcome.Ok);

    /// <summary>Requests that ended otherwise.</summary>
    public long Failed => Outcomes.Sum(outcome => outcome.Value) - Ok;

    /// <summary>One line of <c>name=value</c> pairs for scripts; milliseconds with three decimals.</summary>
    public string ToLine()
    {
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"rpcs={Sent} failed={Failed} duplicates={Duplicates} unexecuted={Unexecuted} {Describe("added_wait", AddedWait)} "
                + $"{Describe("total_wait", TotalWait)} send_delay_max_ms={SendDelay.Max.TotalMilliseconds:F3}");
        foreach (var (agent, count) in ByAgent.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            line += $" ok_by_{agent}={count}";
        }

        foreach (var (outcome, count) in Outcomes.Where(entry => entry.Key is not RpcOutcome.Ok).OrderBy(entry => entry.Key))
        {
            line += $" failed_{outcome}={count}";
        }

        return line;
    }

    private static string Describe(string name, LatencySummary wait) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name}_p50_ms={wait.P50.TotalMilliseconds:F3} {name}_p99_ms={wait.P99.TotalMilliseconds:F3} {name}_p99_9_ms="
            + $"{wait.P999.TotalMilliseconds:F3} {name}_max_ms={wait.Max.TotalMilliseconds:F3}");
}
