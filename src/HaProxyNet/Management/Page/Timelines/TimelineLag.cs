using HaProxyNet.Control.Documents;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.Page.Timelines;

/// <summary>
/// Whether the history has what is known already: it is written a second later, and a page may be open before that. Pure.
/// </summary>
internal static class TimelineLag
{
    /// <summary>A record that is later than this was lost, and is not waited for.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    /// <summary>Two clocks of one event: the history keeps it as text.</summary>
    private static readonly TimeSpan _rounding = TimeSpan.FromSeconds(1);

    /// <summary>Whether a cluster has no record yet, or the newest event is missing.</summary>
    public static bool IsBehind(HistoryDocument history, IReadOnlyCollection<string> clusters, StateEvent? newest)
        => clusters.Except(history.Records.Select(r => r.Minute?.Cluster).OfType<string>(), StringComparer.OrdinalIgnoreCase).Any()
            || (newest is not null && newest.At > history.To - _patience && !history.Records.Any(r => IsOf(r, newest)));

    private static bool IsOf(HistoryRecord record, StateEvent newest)
        => record.Event is { } kept && kept.Kind == newest.Kind && kept.Text == newest.Text && kept.At > newest.At - _rounding;
}
