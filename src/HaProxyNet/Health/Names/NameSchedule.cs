using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Names;

/// <summary>Decides when names are resolved again, and what that says about their destinations. Pure.</summary>
internal static class NameSchedule
{
    /// <summary>When to resolve the name, as a timestamp; null: not until something changes.</summary>
    /// <param name="destination">Whose name.</param>
    /// <param name="isRecovering">It is being probed until it is up, which includes resolving a name that has no address.</param>
    /// <param name="lastResolved">When it was asked for last, as a timestamp; 0: never.</param>
    /// <param name="plan">The cluster's settings.</param>
    /// <param name="timestampFrequency">Units of a timestamp a second.</param>
    public static long? DueAt(Destination destination, bool isRecovering, long lastResolved, ClusterPlan plan, long timestampFrequency)
    {
        if (destination.Model.Address.IsIPAddress)
        {
            return null;
        }

        if (destination.Addresses.Length == 0)
        {
            var interval = ProbingPlan.Of(plan).Policy.DownInterval.ToTimestamp(timestampFrequency);
            return isRecovering ? null : lastResolved == 0 ? 0 : lastResolved + interval;
        }

        return plan.ResolveInterval == TimeSpan.Zero ? null : lastResolved + plan.ResolveInterval.ToTimestamp(timestampFrequency);
    }

    /// <summary>
    /// What a look-up says about the destination; none when it says nothing. A name that fails while the last good addresses stand is no
    /// failure of the destination. One that resolves again, or to other addresses, is as good as new where nobody will probe it.
    /// </summary>
    public static Evidence? EvidenceOf(Resolution resolution, Destination destination, ProbePolicy policy) => resolution switch
    {
        Resolution.Failed when destination.Addresses.Length == 0 => Evidence.Unresolved,
        Resolution.Failed => null,
        _ when policy.Mode is ProbeMode.Never && destination.Condition is { State: DestinationStatus.Down, Reason: HealthReason.Unresolved }
            => Evidence.Resolved,
        Resolution.Changed when policy.Mode is ProbeMode.Never && destination.Condition.State is DestinationStatus.Down
            => Evidence.Resolved,
        _ => null,
    };
}
