using System.Globalization;
using System.Text.Json.Serialization;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>What an operator has decided about a destination, and where, by whom and when: one snapshot.</summary>
/// <param name="Maintenance">The decision.</param>
internal sealed record MaintenanceDecision(Maintenance Maintenance)
{
    /// <summary>Nobody has ever decided anything.</summary>
    public static MaintenanceDecision None { get; } = new(Maintenance.None);

    /// <summary>The proxy on which it was decided; empty: not known.</summary>
    public string Node { get; init; } = "";

    /// <summary>The user that decided it; empty: not known.</summary>
    public string By { get; init; } = "";

    /// <summary>When; the default: not known, and older than every decision of which it is.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Whether the operator has insisted: the lease of the cluster does not count for it.</summary>
    public bool IsForced { get; init; }

    /// <summary>Whether the destination is out of service.</summary>
    [JsonIgnore]
    public bool IsOut => Maintenance is not Maintenance.None;

    /// <summary>
    /// Whether it overrides another decision about the same destination. A total order: two proxies never disagree about it.
    /// </summary>
    public bool IsLaterThan(MaintenanceDecision other) => Compare(this, other) > 0;

    /// <summary>By time; of the same time by node, and then by content.</summary>
    public static int Compare(MaintenanceDecision left, MaintenanceDecision right)
        => (left.At.UtcTicks, right.At.UtcTicks) is var (l, r) && l != r ? l.CompareTo(r)
            : string.CompareOrdinal(left.Node, right.Node) is not 0 and var node ? node
            : left.Maintenance != right.Maintenance ? left.Maintenance.CompareTo(right.Maintenance)
            : left.IsForced != right.IsForced ? left.IsForced.CompareTo(right.IsForced)
            : string.CompareOrdinal(left.By, right.By);

    /// <summary>The decision as a part of a sentence: <c>drained on proxy1 by uid 0 at 2026-11-30 12:00:03Z</c>.</summary>
    public string Describe() => Maintenance switch
    {
        Maintenance.Draining => "drained" + Origin(),
        Maintenance.Disabled => "disabled" + Origin(),
        _ => "enabled" + Origin(),
    };

    private string Origin()
        => (Node.Length > 0 ? $" on {Node}" : "")
            + (By.Length > 0 ? $" by {By}" : "")
            + (At == default ? "" : string.Create(CultureInfo.InvariantCulture, $" at {At.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z"))
            + (IsForced && At != default ? ", by force" : "");
}
