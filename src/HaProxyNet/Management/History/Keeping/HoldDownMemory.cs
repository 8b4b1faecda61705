using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>What a restart may not forget of destinations that flap. Pure.</summary>
internal static class HoldDownMemory
{
    /// <summary>What is worth a note; null: it has not failed lately.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="known">What is known of it.</param>
    /// <param name="now">The time by the wall's clock.</param>
    /// <param name="sinceRecovery">How long ago it was last up again.</param>
    public static HealthNote? Note(
        string cluster,
        string destination,
        DestinationCondition known,
        DateTimeOffset now,
        TimeSpan sinceRecovery)
        => known is { State: not DestinationStatus.Down, RecoveredAt: 0 }
            ? null
            : new(
                cluster,
                destination,
                known.State is DestinationStatus.Down,
                known.Reason.Label(),
                known.Relapses,
                known.RecoveredAt > 0 ? Seconds(now - sinceRecovery) : null);

    /// <summary>The condition with which a destination begins after a restart; null: as a new one.</summary>
    /// <param name="note">What was noted.</param>
    /// <param name="noted">When.</param>
    /// <param name="policy">The cluster's rules.</param>
    /// <param name="othersCanServe">Another destination of the cluster begins as a new one.</param>
    /// <param name="now">The time by the wall's clock.</param>
    /// <param name="timestamp">The same, as a timestamp.</param>
    /// <param name="frequency">Timestamps a second.</param>
    public static DestinationCondition? Restore(
        HealthNote note, DateTimeOffset noted, HealthPolicy policy, bool othersCanServe, DateTimeOffset now, long timestamp, long frequency)
    {
        var sinceRecovery = note.RecoveredAt is { } at ? (now - at).ToTimestamp(frequency) : long.MaxValue;

        // It flapped when the proxy ended: it has to prove itself as long as before. One that was simply down is simply tried.
        if (note is { IsDown: true, Relapses: > 0 } && othersCanServe
            && (now - noted).ToTimestamp(frequency) is >= 0 and var age && age <= policy.RelapseWindow)
        {
            return new(DestinationStatus.Down, HealthReasons.Read(note.Reason), timestamp, policy.Fall)
            {
                Relapses = note.Relapses,
                RecoveredAt = Before(sinceRecovery),
            };
        }

        return !note.IsDown && sinceRecovery >= 0 && sinceRecovery <= policy.RelapseWindow
            ? DestinationCondition.Initial(timestamp) with { Relapses = note.Relapses, RecoveredAt = Before(sinceRecovery) }
            : null;

        long Before(long units) => units is >= 0 and < long.MaxValue ? Math.Max(1, timestamp - units) : 0;
    }

    /// <summary>Looked at twice, it is the same moment.</summary>
    private static DateTimeOffset Seconds(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
