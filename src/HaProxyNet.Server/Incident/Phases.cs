using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Server.Incident;

/// <summary>Divides a time into before, in and after the trouble. Pure.</summary>
internal static class Phases
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>The phases; only <c>before</c> when there was no trouble.</summary>
    public static IReadOnlyList<Phase> Of(HistoryDocument history)
    {
        var bad = history.Records.Where(r => r.Event is { Kind: "destination_down" or "destination_suspect" or "failover" or "all_down" })
            .Select(r => r.At).ToList();
        if (bad.Count == 0)
        {
            return [Sum("before", history, history.From, history.To)];
        }

        var begin = bad.Min();
        var last = bad.Max();
        var good =
            history.Records.Where(r => r.Event is { Kind: "destination_up" or "failback" } && r.At >= last).Select(r => r.At).ToList();
        var end = good.Count > 0 ? good.Max() : history.To;
        return end < history.To
            ? [Sum("before", history, history.From, begin), Sum("in", history, begin, end), Sum("after", history, end, history.To)]
            : [Sum("before", history, history.From, begin), Sum("in", history, begin, history.To)];
    }

    /// <summary>A minute belongs to the trouble when any of it does, else to the time in which it begins.</summary>
    private static Phase Sum(string name, HistoryDocument history, DateTimeOffset from, DateTimeOffset to)
    {
        var minutes = history.Records.Where(r => r.Minute is not null && (name switch
        {
            "in" => r.At < to && r.At + _minute > from,
            "after" => r.At >= to - (to - from) && r.At >= from,
            _ => r.At + _minute <= to || to == history.To,
        })).Select(r => r.Minute!).ToList();
        var ended = minutes.SelectMany(m => m.Ended ?? new Dictionary<string, long>()).ToList();
        var waits =
            minutes.SelectMany(m => m.Destinations).Select(d => d.Wait).OfType<IReadOnlyList<long>>().Where(w => w.Count == 3).ToList();
        return new(
            name,
            from,
            to,
            ended.Sum(e => e.Value),
            ended.Where(e => e.Key != "completed").GroupBy(e => e.Key, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => g.Sum(e => e.Value)),
            waits.Count == 0 ? null : waits.Max(w => w[2]) / 1000.0,
            waits.Count == 0 ? null : waits.Max(w => w[1]) / 1000.0);
    }
}
