using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Records;
using HaProxyNet.Management.Wording;

namespace HaProxyNet.Server.Incident;

/// <summary>Tells events as sentences. Pure.</summary>
internal static class Story
{
    private static readonly string[] _changes =
    [
        "configuration_reloaded", "configuration_refused", "configuration_fault", "configuration_needs_restart", "listener_added",
        "listener_closed", "addresses_changed",
        "certificate_renewed", "certificate_refused", "certificate_fault", "certificate_warning",
    ];

    /// <summary>Whether an event is a change of the configuration, of a certificate or of a name.</summary>
    public static bool IsChange(string kind) => _changes.Contains(kind, StringComparer.Ordinal);

    /// <summary>The whole story, in the order in which it was written.</summary>
    public static IReadOnlyList<StoryLine> Tell(IReadOnlyList<HistoryRecord> records)
    {
        var (lines, runs) = (new List<StoryLine>(), false);
        foreach (var record in records)
        {
            if (record.Event is { } happened)
            {
                lines.Add(new(happened.At, happened.Kind, Weigh(happened), Sentence(happened, wasRunning: runs)));
                runs = happened.Kind is not EventKinds.ProxyStopped;
            }
            else
            {
                runs |= record.Minute is not null;
            }
        }

        return lines;
    }

    private static string Sentence(StateEvent happened, bool wasRunning)
    {
        var (place, fact) = ($"{happened.Cluster}/{happened.Destination}", happened.Facts ?? new Dictionary<string, string>());
        var reason = happened.Reason ?? "";
        return happened.Kind switch
        {
            EventKinds.ProxyStarted when wasRunning
                => $"The proxy started, version {reason}. The one before had not stopped in order: it was killed, or the machine went "
                    + "down.",
            EventKinds.ProxyStarted => $"The proxy started, version {reason}.",
            "destination_down" => $"{place} ({Fact("address")}) went down: it {ReasonWords.OfHealth(reason)}.",
            "destination_suspect" => $"{place} ({Fact("address")}) had not answered in time; others were tried first.",
            "destination_up" => $"{place} ({Fact("address")}) was up again: it {ReasonWords.OfHealth(reason)}.",
            "failover"
                => $"New connections of {happened.Cluster} went to {happened.Destination} instead "
                    + $"of {Fact("from")}, because {Because(reason, Fact("from"))}.",
            "failback" when Fact("from") == "none"
                => $"New connections of {happened.Cluster} went to {happened.Destination}: it could be used again.",
            "failback"
                => $"New connections of {happened.Cluster} went back "
                    + $"from {Fact("from")} to {happened.Destination}, because {Because(reason, happened.Destination)}.",
            "all_down"
                => $"No destination of {happened.Cluster} could be used any more: {Fact("from")} was the last, and "
                    + $"it {ReasonWords.OfHealth(reason)}. Clients were refused.",
            _ => happened.Text,
        };

        string Fact(string name) => fact.GetValueOrDefault(name) ?? "?";
    }

    /// <summary>Of a destination's own behaviour the sentence names the destination, not <c>it</c>.</summary>
    private static string Because(string reason, string? destination)
        => ReasonWords.OfSwitch(reason) is var words && words.StartsWith("it ", StringComparison.Ordinal)
            ? destination + words[2..]
            : words;

    private static string Weigh(StateEvent happened) => happened.Kind switch
    {
        "destination_down" or "destination_suspect" or "failover" or "all_down" or "listener_lost" or "listener_paused" or "sessions_cut"
            or "standby_not_proven"
            or "configuration_refused" or "configuration_fault" or "certificate_refused" or "certificate_fault" or "internal_fault"
            or "own_trouble" or "accept_paused"
            or "accept_stopped" or "handshake_failed" => "bad",
        "destination_up" or "failback" or "listener_resumed" or "listener_back" or "standby_proven" => "good",
        _ => "plain",
    };
}
