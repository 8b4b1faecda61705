using HaProxyNet.Failover;
using HaProxyNet.State;

namespace HaProxyNet.Connecting;

/// <summary>Why a connection was first tried with a destination: the <c>reason</c> of its log line.</summary>
internal static class ChoiceReason
{
    /// <summary>The word for it, as things are now.</summary>
    public static string Of(Cluster cluster, Destination destination)
    {
        if (destination.Model.Tier == 0)
        {
            return "preferred";
        }

        if (cluster.Group.Pinned is { } pinned && destination.IsNamed(pinned))
        {
            return "switched";
        }

        DestinationStatus? best = null;
        foreach (var other in cluster.Plan.Destinations)
        {
            if (other.Model.Tier < destination.Model.Tier && (best is null || other.Status < best))
            {
                best = other.Status;
            }
        }

        return best switch
        {
            DestinationStatus.Up => "failback_waits",
            DestinationStatus.Suspect => "preferred_suspect",
            DestinationStatus.Down => "preferred_down",
            null => "preferred",
            _ => "preferred_drained",
        };
    }
}
