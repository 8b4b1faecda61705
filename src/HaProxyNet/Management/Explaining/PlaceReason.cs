using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Explaining;

/// <summary>Why a destination has its place in the order, or none, as things are now. Pure.</summary>
internal static class PlaceReason
{
    /// <summary>The sentence.</summary>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="place">When it is tried: 1 is first; null: not at all.</param>
    public static string Of(Cluster cluster, Destination destination, int? place) => destination.Status switch
    {
        DestinationStatus.Draining
            => $"an operator drains it; 'enable {cluster.Name}/{destination.Name}' puts it back{Origin(destination)}",
        DestinationStatus.Disabled
            => $"an operator has disabled it; 'enable {cluster.Name}/{destination.Name}' puts it back{Origin(destination)}",
        DestinationStatus.Down when place is null => $"down ({Reason(destination)}): trying it would only make the client wait",
        DestinationStatus.Down => $"down ({Reason(destination)}): only tried when all before it fail, because asking costs nothing",
        DestinationStatus.Suspect => "it has not answered in time a moment ago: tried after those that are up",
        _ when place is null => "it is not in the list yet: the configuration has just changed",
        _ when place == 1 => OfFirst(cluster, destination),
        _ => OfLater(cluster, destination),
    };

    private static string Origin(Destination destination)
        => destination.Decision is { IsOut: true, At.Ticks: > 0 } known ? $" ({known.Describe()})" : "";

    private static string Reason(Destination destination)
        => destination.Condition.Reason.Label() + (ReasonDetail.Of(destination) is { } detail ? $": {detail}" : "");

    private static string OfFirst(Cluster cluster, Destination destination)
    {
        if (cluster.Group.Pinned is { } pinned && destination.IsNamed(pinned))
        {
            return "an operator has switched to it";
        }

        if (cluster.Plan.IsBalanced && cluster.Candidates.Equal > 1)
        {
            return cluster.Plan.Policy switch
            {
                SelectionPolicy.RoundRobin => "it is its turn among the equal ones",
                SelectionPolicy.LeastConnections => $"it has the fewest open connections ({destination.Active}) of the equal ones",
                _ => "the client had it last, or has its highest rank there",
            };
        }

        return cluster.Plan.Destinations.Any(d => d.Model.Tier < destination.Model.Tier && d.Status.CanBeGivenConnections())
            ? "it is active, and what is more preferred has to wait"
            : "the most preferred one that is up";
    }

    private static string OfLater(Cluster cluster, Destination destination)
    {
        var active = cluster.Active.Current;
        if (active is null || destination.Model.Tier > active.Model.Tier)
        {
            return "less preferred: tried when those before it do not accept";
        }

        if (destination.Model.Tier == active.Model.Tier)
        {
            return "equal: another one comes first for this connection";
        }

        if (cluster.Group.Pinned is { } pinned && active.IsNamed(pinned))
        {
            return $"more preferred, but an operator has switched to {active.Name}";
        }

        return GroupMate(cluster, destination) is { } mate
            ? $"more preferred, but {mate.Name}/{destination.Name} of the same failover group "
                + $"is {mate.Find(destination.Name)!.Status.Label()}"
            : $"more preferred, but Failback.Mode {cluster.Plan.Failback.Mode} has not let it take over yet";
    }

    /// <summary>The cluster of the same group in which the destination of this name cannot be used.</summary>
    private static Cluster? GroupMate(Cluster cluster, Destination destination) => cluster.Group.Clusters
        .FirstOrDefault(c => !ReferenceEquals(c, cluster) && c.Find(destination.Name) is { } mate && !mate.Status.CanBeGivenConnections());
}
