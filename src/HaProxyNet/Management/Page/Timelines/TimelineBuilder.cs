using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.Page.Timelines;

/// <summary>Draws the timeline out of the history's records. Pure.</summary>
internal static class TimelineBuilder
{
    /// <summary>Parts of a timeline, at most: ten minutes each of a day.</summary>
    public const int Parts = 144;

    private static readonly TimeSpan _shortest = TimeSpan.FromMinutes(2);

    private const int MostMarks = 200;
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    /// <summary>After so long without a minute's record, the proxy did not run.</summary>
    private static readonly TimeSpan _gap = TimeSpan.FromMinutes(2.5);

    /// <summary>The timeline of a document.</summary>
    public static Timeline Build(HistoryDocument asked)
    {
        var history = WithoutTheUnknown(asked);
        var clusters = history.Records.Select(r => r.Minute?.Cluster ?? r.Event?.Cluster).OfType<string>()
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        return new(history.From, history.To, [.. clusters.Select(c => Line(history, c))], Marks(history, cluster: null))
        {
            IsCut = history.IsCut,
        };
    }

    /// <summary>A proxy that was installed an hour ago has an hour to show.</summary>
    private static HistoryDocument WithoutTheUnknown(HistoryDocument asked)
    {
        var first = asked.Records.Count == 0 ? asked.To : asked.Records.Min(r => r.At);
        var latest = asked.To - _shortest;
        return asked with { From = first < asked.From || latest < asked.From ? asked.From : first < latest ? first : latest };
    }

    private static ClusterLine Line(HistoryDocument history, string cluster)
        => new(cluster, Spans(history, cluster), Marks(history, cluster), Buckets(history, cluster));

    private static List<TimeMark> Marks(HistoryDocument history, string? cluster) =>
    [
        .. history.Records.Where(r => r.Event is { } e && string.Equals(e.Cluster, cluster, StringComparison.OrdinalIgnoreCase))
            .TakeLast(MostMarks).Select(r => new TimeMark(r.At, r.Event!.Kind, r.Event.Text)),
    ];

    private static List<ActiveSpan> Spans(HistoryDocument history, string cluster)
    {
        var spans = new SpanList(history.To);
        foreach (var record in history.Records)
        {
            if (record.Minute is { } minute && IsThis(minute.Cluster))
            {
                spans.Is(record.At, minute.Active, lasts: _minute, gap: _gap);
            }
            else if (record.Event is { } happened)
            {
                switch (happened.Kind)
                {
                    case "failover" or "failback" when IsThis(happened.Cluster):
                        spans.Changes(happened.At, happened.Destination, Before(happened));
                        break;
                    case "all_down" when IsThis(happened.Cluster):
                        spans.Changes(happened.At, active: null, Before(happened));
                        break;
                    case EventKinds.ProxyStopped:
                        spans.Ends(happened.At);
                        break;
                    case EventKinds.ProxyStarted:
                        spans.Begins(happened.At);
                        break;
                }
            }
        }

        return spans.Close();

        bool IsThis(string? name) => string.Equals(name, cluster, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Before(StateEvent happened)
        => happened.Facts?.GetValueOrDefault("from") is { } from && from != "none" ? from : null;

    private static List<TimeBucket> Buckets(HistoryDocument history, string cluster)
    {
        var parts = new TimeBucket[Math.Clamp((int)(history.To - history.From).TotalMinutes, 1, Parts)];
        Array.Fill(parts, new TimeBucket(0, 0, 0));
        var length = (history.To - history.From) / parts.Length;
        foreach (var record in history.Records)
        {
            if (record.Minute is not { } minute
                || !string.Equals(minute.Cluster, cluster, StringComparison.OrdinalIgnoreCase)
                || length <= TimeSpan.Zero)
            {
                continue;
            }

            ref var part = ref parts[Math.Clamp((int)((record.At - history.From) / length), 0, parts.Length - 1)];
            var ended = minute.Ended?.Values.Sum() ?? 0;
            var wait = minute.Destinations.Max(d => d.Wait is [.., var longest] ? longest / 1000.0 : 0);
            part = new(
                part.Connections + ended,
                part.Failed + ended - (minute.Ended?.GetValueOrDefault("completed") ?? 0),
                Math.Max(part.LongestWaitMs, wait));
        }

        return [.. parts];
    }
}
