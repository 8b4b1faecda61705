using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Failover.Operators;

/// <summary>What operators have set for one cluster.</summary>
internal sealed record ClusterDecisions
{
    /// <summary>The destination that was switched to; null: nobody did.</summary>
    public string? SwitchedTo { get; init; }

    /// <summary>The destinations that were taken out, by name.</summary>
    public SortedDictionary<string, Maintenance> Destinations { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Where, by whom and when that was decided, as far as it is known. With a shared store also what was put back: it overrides what
    /// others knew before.
    /// </summary>
    public SortedDictionary<string, MaintenanceDecision>? Decisions { get; init; }

    /// <summary>
    /// What is kept about a destination; null: nothing. Of a file that a version before has written nobody knows who decided what: it stays
    /// as it was, as if by force.
    /// </summary>
    public MaintenanceDecision? Of(string destination)
    {
        var kept = Decisions?.GetValueOrDefault(destination);
        return Destinations.TryGetValue(destination, out var maintenance) && kept?.Maintenance != maintenance
            ? new MaintenanceDecision(maintenance) { IsForced = true }
            : kept;
    }
}
