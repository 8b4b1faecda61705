using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>The time of day at which every standby is proven, and how. Local times: this is an appointment of people.</summary>
/// <param name="At">When.</param>
/// <param name="Probe">How.</param>
/// <param name="Scope">How far that looks.</param>
internal sealed record DrillPlan(TimeOnly At, IProbe Probe, EvidenceScope Scope)
{
    /// <summary>Reads settings that were found valid; none without a time.</summary>
    public static DrillPlan? From(ClusterOptions options)
    {
        var (health, method) = (options.Health, options.Health.Drill.Method);
        return FailbackWindow.TryTime(health.Drill.At, out var at)
            ? new(
                at,
                ProbePolicy.Create(method, health),
                ProbeScopes.Of(method, health.Port is not null && method.IsBeyondConnect(), options))
            : null;
    }

    /// <summary>
    /// Whether its time came after one look at the clock and not after the next. A clock that was put back, or a night with two such hours,
    /// may have two drills; none is left out.
    /// </summary>
    public bool IsDue(DateTime lastLook, DateTime now)
    {
        var today = now.Date + At.ToTimeSpan();
        var latest = today <= now ? today : today.AddDays(-1);
        return latest > lastLook;
    }

    /// <summary>How long it is until the next drill by the clock on the wall.</summary>
    public TimeSpan Until(DateTime now)
    {
        var today = now.Date + At.ToTimeSpan();
        return (today > now ? today : today.AddDays(1)) - now;
    }
}
