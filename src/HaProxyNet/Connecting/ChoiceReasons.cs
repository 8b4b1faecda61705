using HaProxyNet.Failover;
using HaProxyNet.State;

namespace HaProxyNet.Connecting;

/// <summary>The words for choices, and how one comes about.</summary>
internal static class ChoiceReasons
{
    /// <summary>The word in the log line.</summary>
    public static string Label(this ChoiceReason reason) => reason switch
    {
        ChoiceReason.None => "",
        ChoiceReason.Preferred => "preferred",
        ChoiceReason.Switched => "switched",
        ChoiceReason.FailbackWaits => "failback_waits",
        ChoiceReason.PreferredSuspect => "preferred_suspect",
        ChoiceReason.PreferredDown => "preferred_down",
        ChoiceReason.PreferredDrained => "preferred_drained",
        ChoiceReason.FallThrough => "fall_through",
        ChoiceReason.Hedge => "hedge",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    /// <summary>Why a destination was tried first, as things are now.</summary>
    public static ChoiceReason Of(Cluster cluster, Destination destination)
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
