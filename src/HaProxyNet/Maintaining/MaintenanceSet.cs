using System.Collections.Immutable;
using HaProxyNet.State;

namespace HaProxyNet.Maintaining;

/// <summary>
/// What operators have decided about the destinations of one cluster, by name: a snapshot that never changes. A destination that was put
/// back is in it as well, so that this overrides an older decision.
/// </summary>
internal sealed class MaintenanceSet : IEquatable<MaintenanceSet>
{
    private readonly ImmutableSortedDictionary<string, MaintenanceDecision> _decisions;

    private MaintenanceSet(ImmutableSortedDictionary<string, MaintenanceDecision> decisions) => _decisions = decisions;

    /// <summary>Nothing was ever decided.</summary>
    public static MaintenanceSet Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, MaintenanceDecision>(StringComparer.OrdinalIgnoreCase));

    /// <summary>Every decision.</summary>
    public IReadOnlyDictionary<string, MaintenanceDecision> Decisions => _decisions;

    /// <summary>The decision about a destination.</summary>
    public MaintenanceDecision this[string destination] => _decisions.GetValueOrDefault(destination, MaintenanceDecision.None);

    /// <summary>What is in force on this proxy.</summary>
    public static MaintenanceSet Of(Cluster cluster) => Of(
        cluster.Plan.Destinations.Where(d => d.Decision != MaintenanceDecision.None).Select(d => KeyValuePair.Create(d.Name, d.Decision)));

    /// <summary>These decisions.</summary>
    public static MaintenanceSet Of(IEnumerable<KeyValuePair<string, MaintenanceDecision>> decisions)
        => new(Empty._decisions.SetItems(decisions));

    /// <summary>The same with one more decision.</summary>
    public MaintenanceSet With(string destination, MaintenanceDecision decision) => new(_decisions.SetItem(destination, decision));

    /// <summary>Of each destination the later decision.</summary>
    public MaintenanceSet Latest(MaintenanceSet other)
        => new(_decisions.SetItems(other._decisions.Where(theirs => theirs.Value.IsLaterThan(this[theirs.Key]))));

    public bool Equals(MaintenanceSet? other)
        => other is not null
            && _decisions.Count == other._decisions.Count
            && _decisions.All(ours => other._decisions.TryGetValue(ours.Key, out var theirs) && theirs == ours.Value);

    public override bool Equals(object? obj) => Equals(obj as MaintenanceSet);

    public override int GetHashCode() => _decisions.Count;
}
