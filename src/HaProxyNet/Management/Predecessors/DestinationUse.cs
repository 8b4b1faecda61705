using HaProxyNet.Failover;
using HaProxyNet.State;

namespace HaProxyNet.Management.Predecessors;

/// <summary>
/// How much a destination is still in use: by this process, and by those that were upgraded. Before an agent is stopped, all of them count.
/// </summary>
internal sealed class DestinationUse(SessionCutter sessions, PredecessorReports predecessors)
{
    /// <summary>How many connections are open on it, or are being connected to it.</summary>
    public async Task<int> CountAsync(Cluster cluster, Destination destination)
        => await sessions.CountAsync(destination) + predecessors.CountOn(cluster.Name, destination.Name);

    /// <summary>What <c>close</c> does not reach; empty: it reaches everything.</summary>
    public IEnumerable<string> OutOfReach(Cluster cluster, Destination destination) => predecessors.Describe()
        .SelectMany(one => one.Destinations
            .Where(on => on.Cluster.Equals(cluster.Name, StringComparison.OrdinalIgnoreCase)
                && on.Destination.Equals(destination.Name, StringComparison.OrdinalIgnoreCase))
            .Select(on => $"{on.Connections} more belong to process {one.Process}, which was upgraded: they end by themselves, or at "
                + $"{one.EndsBy.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}; 'kill -TERM {one.Process}' ends them"));
}
