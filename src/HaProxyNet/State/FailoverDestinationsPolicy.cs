using HaProxyNet.Selecting;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State;

/// <summary>
/// Tells YARP which destinations of a cluster are available, in the order in which connections try them. YARP asks after every change of
/// health or configuration and publishes the answer as <see cref="ClusterDestinationsState.AvailableDestinations"/>.
/// </summary>
internal sealed class FailoverDestinationsPolicy(ClusterDirectory clusters) : IAvailableDestinationsPolicy
{
    /// <summary>The name by which a cluster's configuration chooses this policy.</summary>
    public const string PolicyName = "HaProxyNet";

    public string Name => PolicyName;

    public IReadOnlyList<DestinationState> GetAvailalableDestinations(ClusterConfig config, IReadOnlyList<DestinationState> allDestinations)
    {
        if (clusters.Find(config.ClusterId) is not { } cluster)
        {
            return CandidateList.Empty;
        }

        var pairs = CandidateOrder.Order(cluster.Plan.Destinations)
            .Select(d => (State: allDestinations.FirstOrDefault(s => s.DestinationId == d.Name), Destination: d))
            .Where(p => p.State is not null)
            .ToList();
        return new CandidateList([.. pairs.Select(p => p.State!)], [.. pairs.Select(p => p.Destination)]);
    }
}
