using System.Globalization;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Management.Page.Timelines;
using HaProxyNet.Management.Wording;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Server.Incident;

/// <summary>Makes the report out of the history. Pure.</summary>
internal static class IncidentBuilder
{
    /// <summary>The report of a time.</summary>
    public static IncidentReport Build(HistoryDocument history)
    {
        var (records, story, phases) = (history.Records, Story.Tell(history.Records), Phases.Of(history));
        var connections = records.Select(r => r.Connection).OfType<TroubledConnection>().ToList();
        List<TroubledConnection> unknown = [.. connections.Where(c => c.IsUnknown)], failed = [.. connections.Where(c => !c.IsUnknown)];
        return new(
            history.From,
            history.To,
            [.. Summarise(history, phases, unknown)],
            story,
            TimelineBuilder.Build(history),
            Group(records),
            phases,
            unknown,
            failed,
            [.. story.Where(line => Story.IsChange(line.Kind))],
            Adviser.Of(records, phases));
    }

    private static IEnumerable<string> Summarise(HistoryDocument history, IReadOnlyList<Phase> phases, List<TroubledConnection> unknown)
    {
        var events = history.Records.Select(r => r.Event).OfType<StateEvent>().ToList();
        foreach (var cluster in events.Where(e => e.Kind is "failover" or "all_down").GroupBy(e => e.Cluster, StringComparer.Ordinal))
        {
            var failovers = cluster.Count(e => e.Kind == "failover");
            var allDown = cluster.Count(e => e.Kind == "all_down");
            yield return $"{cluster.Key} failed over {Times(failovers)}, first at {Clock(cluster.First().At)}"
                + $"{(allDown > 0 ? $"; {Times(allDown)} it had no destination left" : "")}.";
        }

        if (phases.FirstOrDefault(p => p.Name == "in") is { } trouble)
        {
            yield return $"The trouble lasted from {Clock(trouble.From)} to {Clock(trouble.To)}. In it {trouble.Connections} connections "
                + "ended, "
                + $"{trouble.NotInOrder.Values.Sum()} of them not in order; the longest wait for a destination "
                + $"was {Wait(trouble.LongestWaitMs)}.";
        }
        else
        {
            yield return "No destination went down in this time.";
        }

        yield return unknown.Count == 0
            ? "No connection has an unknown outcome."
            : $"{(unknown.Count == 1 ? "1 connection has" : $"{unknown.Count} connections have")} an unknown outcome: the destination had "
                + "got bytes of the client. See below, and look up what was asked before it is sent again.";

        if (history.Unreadable > 0)
        {
            yield return $"{history.Unreadable} records of the history cannot be read; what they said is missing here.";
        }
    }

    private static List<EvidenceGroup> Group(IReadOnlyList<HistoryRecord> records) =>
    [
        .. records.Select(r => r.Attempt).OfType<FailedAttempt>()
            .GroupBy(a => (a.Cluster, a.Destination, a.Address, a.IsProbe, a.Reason))
            .Select(g => new EvidenceGroup(
                g.Key.Cluster,
                g.Key.Destination,
                g.Key.Address,
                g.Key.IsProbe ? "probes" : "connects for clients",
                g.Key.Reason,
                ReasonWords.ErrnoOf(g.Key.Reason),
                g.Count(),
                g.Min(a => a.At),
                g.Max(a => a.At),
                g.Max(a => a.TookMs))),
    ];

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";

    private static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Wait(double? ms)
        => ms is { } wait ? string.Create(CultureInfo.InvariantCulture, $"{wait:0.#} ms") : "not measured";
}
