using System.Globalization;
using HaProxyNet.Management.Wording;
using HaProxyNet.Telemetry.Troubles;

namespace HaProxyNet.Server.Incident;

/// <summary>The report as tables, which are written as HTML or Markdown. Pure.</summary>
internal static class ReportTables
{
    /// <summary>All tables, in order.</summary>
    public static IReadOnlyList<ReportTable> Of(IncidentReport report) =>
    [
        new("What happened", "Nothing.", ["Time (UTC)", "What"], Rows(report.Story, s => [Time(s.At), s.Sentence])),
        new("What clients felt", "Nothing is known.", [
            "When",
            "From (UTC)",
            "To (UTC)",
            "Connections",
            "Not in order",
            "1 in 100 waited",
            "Longest wait",
        ], Rows(report.Phases, Phase)),
        new("Outcome unknown", "None: no connection ended after its destination had got bytes of the client, other than in order.",
            [
                "Ended (UTC)",
                "Client",
                "Destination",
                "It …",
                "Bytes sent on",
                "Acknowledged by the destination's system",
                "Answer sent on",
                "Acknowledged by the client's system",
                "Lasted",
            ],
            Rows(report.Unknown, Unknown)),
        new("Failed", "None.", ["Ended (UTC)", "Client", "Listener", "It …", "Waited"], Rows(report.Failed, Failed)),
        new("Evidence", "No connect and no probe failed.", [
            "Destination",
            "Address",
            "What failed",
            "How",
            "errno",
            "In the history",
            "First (UTC)",
            "Last (UTC)",
            "Took at most",
        ], Rows(report.Evidence, Evidence)),
        new("Changes of configuration, certificates and names", "None.", [
            "Time (UTC)",
            "What",
        ], Rows(report.Changes, s => [Time(s.At), s.Sentence])),
        new("What the proxy would do differently", "Nothing that was seen asks for another setting.", [
            "With",
            "Why",
        ], Rows(report.Advice, a => [a.Setting, a.Why])),
    ];

    /// <summary>A time as the report writes it.</summary>
    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private static IReadOnlyList<IReadOnlyList<string>> Rows<T>(IEnumerable<T> items, Func<T, IReadOnlyList<string>> row)
        => [.. items.Select(row)];

    private static IReadOnlyList<string> Phase(Phase phase) =>
    [
        phase.Name == "in" ? "in the trouble" : $"{phase.Name} it",
        Time(phase.From),
        Time(phase.To),
        Number(phase.Connections),
        phase.NotInOrder.Count == 0 ? "0" : string.Join(", ", phase.NotInOrder.Select(o => $"{o.Value} {o.Key}")),
        Ms(phase.OneInAHundredWaitMs),
        Ms(phase.LongestWaitMs),
    ];

    private static IReadOnlyList<string> Unknown(TroubledConnection c) =>
    [
        Time(c.At), c.Client, $"{c.Cluster}/{c.Destination}", ReasonWords.OfOutcome(c.Outcome), Number(c.BytesIn),
        c.AckedIn is { } acked ? Number(acked) : "not known", Number(c.BytesOut),
        c.AckedOut is { } back ? Number(back) : "not known", Ms(c.LastedMs),
    ];

    private static IReadOnlyList<string> Failed(TroubledConnection c)
        => [Time(c.At), c.Client, c.Listener, ReasonWords.OfOutcome(c.Outcome), Ms(c.WaitMs)];

    private static IReadOnlyList<string> Evidence(EvidenceGroup e) =>
    [
        $"{e.Cluster}/{e.Destination}", e.Address, e.By, $"it {ReasonWords.OfHealth(e.Reason)}", e.Errno ?? "–", Number(e.Count),
        Time(e.First), Time(e.Last), Ms(e.LongestMs),
    ];

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Ms(double? ms) => ms is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#} ms") : "–";
}
