using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Failover;

/// <summary>Chooses the active destination: the one that new connections try first. Pure.</summary>
internal static class ActiveChoice
{
    /// <summary>
    /// An operator's switch goes before everything. What is active stays so while it can be used, until the failback policy lets a
    /// more preferred one that is up take over. A suspect one stays active: others are tried before it for a moment, but one lost packet
    /// is no failover.
    /// </summary>
    public static Choice Choose(in Situation situation, FailbackPolicy policy)
    {
        if (Find(situation.Contenders, situation.Pinned) is { IsUsable: true } pinned)
        {
            return new(pinned.Name, IsWaiting: false);
        }

        if (Best(situation.Contenders) is not { } best)
        {
            return new(Active: null, IsWaiting: false);
        }

        if (Find(situation.Contenders, situation.Active) is not { IsUsable: true } active)
        {
            return new(best.Name, IsWaiting: false);
        }

        if (best.Tier >= active.Tier || best.Status is not DestinationStatus.Up)
        {
            return new(active.Name, IsWaiting: false);
        }

        return situation.GoBackNow || MayGoBack(situation, policy, best, active)
            ? new(best.Name, IsWaiting: false)
            : new(active.Name, IsWaiting: policy.Mode is not FailbackMode.Manual);
    }

    private static bool MayGoBack(in Situation situation, FailbackPolicy policy, in Contender best, in Contender active)
        => policy.Mode switch
        {
            FailbackMode.Immediate => true,
            FailbackMode.StableFor => situation.Now - best.Since >= policy.StableFor,
            FailbackMode.WhenIdle => active.OpenConnections == 0,
            FailbackMode.Window => policy.Window?.IsOpenAt(situation.LocalTime) ?? false,
            _ => false,
        };

    /// <summary>The most preferred one that is up; only where there is none, a suspect one.</summary>
    private static Contender? Best(IReadOnlyList<Contender> contenders)
        => First(contenders, DestinationStatus.Up) ?? First(contenders, DestinationStatus.Suspect);

    private static Contender? First(IReadOnlyList<Contender> contenders, DestinationStatus status)
    {
        foreach (var contender in contenders)
        {
            if (contender.Status == status)
            {
                return contender;
            }
        }

        return null;
    }

    private static Contender? Find(IReadOnlyList<Contender> contenders, string? name)
    {
        foreach (var contender in contenders)
        {
            if (string.Equals(contender.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return contender;
            }
        }

        return null;
    }
}
