using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.State.Yarp;
using HaProxyNet.Vocabulary;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.Failover;

/// <summary>Tells YARP what has become of a cluster's destinations; YARP asks our policy for the list that connections walk.</summary>
internal sealed class CandidatePublisher(IDestinationHealthUpdater health, IClusterDestinationsUpdater destinations)
{
    /// <summary>Brings YARP's state up to date; true when the list has changed. One caller at a time for a cluster.</summary>
    public bool Publish(Cluster cluster)
    {
        if (cluster.State is not { } state)
        {
            return false;
        }

        var before = cluster.Candidates;
        var changed = cluster.Plan.Destinations.Select(d => Flag(state, d)).OfType<NewActiveDestinationHealth>().ToList();
        if (changed.Count > 0)
        {
            health.SetActive(state, changed);
        }

        if (!IsCurrent(cluster))
        {
            destinations.UpdateAvailableDestinations(state);
        }

        return !ReferenceEquals(before, cluster.Candidates);
    }

    private static NewActiveDestinationHealth? Flag(ClusterState state, Destination destination)
    {
        var flag = destination.Status.CanBeGivenConnections() ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
        return state.Destinations.TryGetValue(destination.Name, out var target) && target.Health.Active != flag
            ? new NewActiveDestinationHealth(target, flag)
            : null;
    }

    private static bool IsCurrent(Cluster cluster)
    {
        var wanted = CandidateOrder.Order(cluster.Plan.Destinations, cluster.Active.Current);
        var published = cluster.Candidates;
        return published.Destinations.AsSpan().SequenceEqual(wanted)
            && published.Equal == FailoverDestinationsPolicy.EqualAtHead(cluster, wanted);
    }
}
