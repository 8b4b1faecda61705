using HaProxyNet.Management.History.Records;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Server.Incident;

/// <summary>Says which settings would have changed the time. Pure: only what was seen leads to advice.</summary>
internal static class Adviser
{
    private const int ManySwitches = 4;
    private const double LongWaitMs = 250;

    /// <summary>The advice, the most useful first.</summary>
    public static IReadOnlyList<Advice> Of(IReadOnlyList<HistoryRecord> records, IReadOnlyList<Phase> phases)
    {
        var advice = new List<Advice>();
        foreach (var cluster in records.Where(r => r.Event?.Kind == "failover").GroupBy(r => r.Event!.Cluster, StringComparer.Ordinal)
            .Where(g => g.Count() >= ManySwitches))
        {
            advice.Add(new(
                $"Clusters.{cluster.Key}.Failback: {{ \"Mode\": \"StableFor\", \"StableFor\": \"00:05:00\" }}",
                $"{cluster.Key} failed over {cluster.Count()} times. It would go back only to a destination that has been stable for five "
                    + "minutes; it would stay longer on the less preferred one."));
        }

        AddIf(Has("all_down"), $"Clusters.{NameOf(Events("all_down"))}.Destinations: one more",
            "For a time no destination could be used, and clients were refused. No setting serves without a destination; a third one would "
                + "have.");
        AddIf(Outcome("failed_back"), $"Clusters.{NameOf(Ended("failed_back"))}.Failback.Sessions: \"CloseWhenQuiet\"",
            "Open connections were closed after the failback. They would be closed when they are quiet, between two calls.");
        AddIf(Outcome("destination_down"), $"Clusters.{NameOf(Ended("destination_down"))}.WhenDown.Sessions: \"Leave\"",
            "Open connections were closed because their destination went down. They would end by themselves; a client of one that has "
                + "really gone would wait for its own time-out.");
        AddIf(Outcome("drain_deadline"), "ShutdownTimeout: longer",
            "Connections were still open when the proxy stopped, and were reset. They would have more time to end.");
        AddIf(Outcome("idle_timeout"), $"Clusters.{NameOf(Ended("idle_timeout"))}.IdleTimeout: longer, or \"00:00:00\"",
            "Connections were ended because no byte had passed. A call that is silent for longer would go on.");
        AddIf(phases.Any(p => p is { Name: "in", LongestWaitMs: > LongWaitMs }), $"Clusters.{NameOf(Slow())}.HedgeAfter: shorter",
            "Clients waited for a destination that did not answer, before the next one was tried. With a shorter time they would go on "
                + "sooner; a destination that is only slow would lose more connections.");
        AddIf(FoundByClients(), $"Clusters.{NameOf([FirstAttempt()?.Cluster])}.Health.Probe: \"Always\"",
            "Clients' own connects found the failure; each of them went on to the next destination by itself. With probes all the time a "
                + "probe could have found it first; agents would see probes while they work.");
        AddIf(Has("standby_not_proven"), "nothing: repair the standby",
            "A standby did not serve when it was tried. haproxynet doctor says why.");
        AddIf(Has("addresses_changed") && Reason("unresolved"),
            $"Clusters.{NameOf(Events("addresses_changed"))}.Destinations[].Address: an IP address",
            "A name had no address for a time. With an address in its place, no name server is needed.");
        AddIf(Has("certificate_refused"), "nothing: repair the certificate's files",
            "Changed certificate files could not be used, and the ones before stayed in use. haproxynet check says what is wrong.");
        AddIf(Has("configuration_refused"), "nothing: run haproxynet check before a reload",
            "A changed configuration had faults, and the one before stayed in force.");
        return advice;

        void AddIf(bool condition, string setting, string why)
        {
            if (condition)
            {
                advice.Add(new(setting, why));
            }
        }

        IEnumerable<string?> Events(string kind) => records.Where(r => r.Event?.Kind == kind).Select(r => r.Event!.Cluster);
        IEnumerable<string?> Ended(string outcome) => records
            .Where(r => r.Connection?.Outcome == outcome || (r.Minute?.Ended?.ContainsKey(outcome) ?? false))
            .Select(r => r.Connection?.Cluster ?? r.Minute?.Cluster);
        IEnumerable<string?> Slow() => records
            .Where(r => r.Minute is { } m && m.Destinations.Any(d => d.Wait is [.., var longest] && longest > LongWaitMs * 1000))
            .Select(r => r.Minute!.Cluster);
        FailedAttempt? FirstAttempt() => records.FirstOrDefault(r => r.Attempt is not null)?.Attempt;
        bool Has(string kind) => Events(kind).Any();
        bool Reason(string reason) => records.Any(r => r.Event?.Reason == reason);
        bool Outcome(string outcome) => Ended(outcome).Any();
        bool FoundByClients() => FirstAttempt() is { IsProbe: false };
    }

    /// <summary>The cluster that an advice is for; where it is for several, the reader chooses.</summary>
    private static string NameOf(IEnumerable<string?> clusters)
        => clusters.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var only] ? only : "NAME";
}
