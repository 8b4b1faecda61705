using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>How the first choice of a destination comes about. Pure.</summary>
internal static class FirstChoice
{
    /// <summary>Why a destination was tried first, as things are now.</summary>
    public static ChoiceReason Explain(Cluster cluster, Destination destination)
    {
        if (destination.Model.Tier == 0)
        {
            return ChoiceReason.Preferred;
        }

        if (cluster.Group.Pinned is { } pinned && destination.IsNamed(pinned))
        {
            return ChoiceReason.Switched;
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
            DestinationStatus.Up => ChoiceReason.FailbackWaits,
            DestinationStatus.Suspect => ChoiceReason.PreferredSuspect,
            DestinationStatus.Down => ChoiceReason.PreferredDown,
            null => ChoiceReason.Preferred,
            _ => ChoiceReason.PreferredDrained,
        };
    }
}
