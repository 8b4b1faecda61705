using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Decides when which destination is probed. Pure.</summary>
internal static class ProbeSchedule
{
    /// <summary>
    /// The part of the interval that is waited beyond it at least: traffic of one connection an interval comes first and makes the probe
    /// needless. As much again is spread.
    /// </summary>
    private const double LeastSpread = 0.05;
    private const double MoreSpread = 0.1;

    /// <summary>
    /// One that is not up is asked until it is. One that is up is asked when it has proven nothing for an interval; with
    /// <see cref="ProbeMode.Always"/>, when it was not asked for an interval. A single failure that has not made it Down, and other
    /// addresses, are looked into sooner.
    /// </summary>
    public static ProbeDecision Decide(in ProbeSituation destination, ProbePolicy policy, long now, long timestampFrequency)
    {
        if (destination.IsDisabled || policy.Mode is ProbeMode.Never)
        {
            return new(ProbeAction.None);
        }

        if (destination.Health is not DestinationStatus.Up)
        {
            return new(ProbeAction.Recover);
        }

        if (policy.Mode is ProbeMode.WhenDown)
        {
            return new(ProbeAction.None);
        }

        var due = DueAt(destination, policy, timestampFrequency);
        return due <= now ? new(ProbeAction.Probe) : new(ProbeAction.Wait, due);
    }

    private static long DueAt(in ProbeSituation destination, ProbePolicy policy, long timestampFrequency)
    {
        if (destination.HasFailed)
        {
            return destination.LastProbed + policy.DownInterval.ToTimestamp(timestampFrequency);
        }

        var known = Math.Max(destination.Since, destination.LastProbed);
        if (policy.Mode is ProbeMode.WhenIdleOrDown)
        {
            known = Math.Max(known, destination.LastProven);
        }

        return destination.AddressesSince > known
            ? destination.AddressesSince
            : known + (long)(policy.Interval * (1 + LeastSpread + (MoreSpread * destination.Spread)));
    }
}
