using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>
/// Clusters that choose their active destination together, by name. A cluster that names no group is alone in its own. Everything here is
/// guarded by <see cref="Gate"/>.
/// </summary>
internal sealed class FailoverGroup
{
    private IReadOnlyList<Cluster> _clusters = [];

    /// <summary>Held while what decides about destinations changes; never on the way of a connection that succeeds.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The clusters, in the order of the configuration.</summary>
    public IReadOnlyList<Cluster> Clusters
    {
        get => Volatile.Read(ref _clusters);
        set => Volatile.Write(ref _clusters, value);
    }

    /// <summary>The name of the destination that an operator has switched to.</summary>
    public string? Pinned { get; set; }

    /// <summary>The destinations of all clusters by name, as the choice sees them: each as bad as its worst.</summary>
    public IReadOnlyList<Contender> Contenders() => [.. Clusters
        .SelectMany(cluster => cluster.Plan.Destinations)
        .GroupBy(destination => destination.Name, StringComparer.OrdinalIgnoreCase)
        .Select(Merge)
        .OrderBy(contender => contender.Tier)];

    /// <summary>The destinations of one cluster, for when the group as a whole has none that can be used.</summary>
    public static IReadOnlyList<Contender> ContendersOf(Cluster cluster)
        => [.. cluster.Plan.Destinations.Select(Merge).OrderBy(contender => contender.Tier)];

    private static Contender Merge(Destination destination) => new(
        destination.Name, destination.Model.Tier, destination.Status, destination.Condition.Since, destination.Active);

    private static Contender Merge(IGrouping<string, Destination> sameName) => sameName.Select(Merge).Aggregate((a, b) => new(
        a.Name,
        Math.Min(a.Tier, b.Tier),
        (DestinationStatus)Math.Max((int)a.Status, (int)b.Status),
        Math.Max(a.Since, b.Since),
        a.OpenConnections + b.OpenConnections));
}
