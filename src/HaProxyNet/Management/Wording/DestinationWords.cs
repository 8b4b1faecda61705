using HaProxyNet.Control.Documents;

namespace HaProxyNet.Management.Wording;

/// <summary>What a destination's state is, in a sentence, and the command that would change it. Pure.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="Command">The command; null: there is nothing to do.</param>
internal sealed record DestinationWords(string Sentence, string? Command)
{
    /// <summary>The words for one destination of a cluster.</summary>
    public static DestinationWords Of(ClusterStatus cluster, DestinationStatusEntry destination)
    {
        var path = $"{cluster.Name}/{destination.Name}";
        var health = destination.Detail ?? ReasonWords.OfHealth(destination.Reason);
        return destination.State switch
        {
            "draining" => new("An operator drains it: it gets no new connections, and its open ones go on.", $"haproxynet enable {path}"),
            "disabled" => new("An operator has disabled it: it gets no connections.", $"haproxynet enable {path}"),
            "down" => new($"Down: it {health}.", "haproxynet doctor"),
            "suspect" => new("It has not answered in time; others are tried first until it has.", "haproxynet doctor"),
            _ when destination.Active && cluster.SwitchedTo is not null
                => new("Gets new connections, because an operator has switched to it.", $"haproxynet failback {cluster.Name}"),
            _ when destination.Active => new("Gets new connections.", $"haproxynet drain {path}"),
            _ when IsWaiting(cluster, destination)
                => new("Up, and preferred; the failback to it has not come yet.", $"haproxynet failback {cluster.Name}"),
            _ => new("Up, and ready to take over.", $"haproxynet switch {cluster.Name} {destination.Name}"),
        };
    }

    /// <summary>The sentence about a whole cluster.</summary>
    public static string OfCluster(ClusterStatus cluster)
    {
        if (cluster.Active is not { } active)
        {
            return "No destination can be used: new connections are refused.";
        }

        var preferred = cluster.Destinations[0];
        return preferred.Name == active
            ? $"New connections go to {active}."
            : $"New connections go to {active}, {Why(cluster, preferred)}.";
    }

    private static string Why(ClusterStatus cluster, DestinationStatusEntry preferred) => preferred.State switch
    {
        "draining" => $"because an operator drains {preferred.Name}",
        "disabled" => $"because an operator has disabled {preferred.Name}",
        "down" => $"because {preferred.Name} is down: it {preferred.Detail ?? ReasonWords.OfHealth(preferred.Reason)}",
        "suspect" => $"because {preferred.Name} has not answered in time",
        _ when cluster.SwitchedTo is not null => "because an operator has switched to it",
        _ => $"and go back to {preferred.Name} when the cluster's Failback says so",
    };

    private static bool IsWaiting(ClusterStatus cluster, DestinationStatusEntry destination)
        => cluster.Active is { } active
            && cluster.Destinations.Select(d => d.Name).ToList() is var order
            && order.IndexOf(destination.Name) < order.IndexOf(active);
}
