using HaProxyNet.State.Selecting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State.Yarp;

/// <summary>
/// Tells YARP which destinations of a cluster are available, in the order in which connections try them. YARP asks after every change of
/// health or configuration and publishes the answer as <see cref="ClusterDestinationsState.AvailableDestinations"/>.
/// </summary>
internal sealed class FailoverDestinationsPolicy(ClusterDirectory clusters) : IAvailableDestinationsPolicy
{
    /// <summary>The name by which a cluster's configuration chooses this policy.</summary>
    public const string PolicyName = "HaProxyNet";

    public string Name => PolicyName;

    /// <summary>How many at the head of the order share new connections.</summary>
    public static int EqualAtHead(Cluster cluster, Destination[] ordered)
        => Math.Min(CandidateOrder.EqualAtHead(ordered), cluster.Plan.IsBalanced ? int.MaxValue : 1);

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        if (clusters.Find(config.ClusterId) is not { } cluster)
        {
            return CandidateList.Empty;
        }

        // Right after a reload YARP may not have every destination yet; it asks again when it has.
        var ordered = CandidateOrder.Order(cluster.Plan.Destinations, cluster.Active.Current);
        var known = Array.FindAll(ordered, d => StateOf(d, allDestinations) is not null);
        return new CandidateList([.. known.Select(d => StateOf(d, allDestinations)!)], known, EqualAtHead(cluster, known));
    }

    private static DestinationState? StateOf(Destination destination, IReadOnlyList<DestinationState> all)
        => all.FirstOrDefault(s => s.DestinationId == destination.Name);
}
