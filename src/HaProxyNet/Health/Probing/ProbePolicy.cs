using HaProxyNet.Configuration;

namespace HaProxyNet.Health.Probing;

/// <summary>When and how the destinations of a cluster are probed. Immutable. Times are in units of the clock's timestamps, or spans.</summary>
/// <param name="Mode">When.</param>
/// <param name="Probe">How.</param>
/// <param name="Port">Where, when not at the destination's own port.</param>
/// <param name="Interval">How long one that is up may have accepted nothing.</param>
/// <param name="DownInterval">The longest time between two probes of one that is down.</param>
/// <param name="Timeout">How long one probe may take.</param>
internal sealed record ProbePolicy(ProbeMode Mode, IProbe Probe, int? Port, long Interval, TimeSpan DownInterval, TimeSpan Timeout)
{
    /// <summary><see cref="ProbeMethod.HalfOpen"/> was asked for, and this system cannot.</summary>
    public bool FallsBack { get; private init; }

    /// <summary>Whether its probes see more than that the destination accepts, so that only they can take their failures back.</summary>
    public bool IsBeyondConnect => Probe.Method.IsBeyondConnect() || Port is not null;

    /// <summary>Reads the settings of a cluster.</summary>
    public static ProbePolicy From(ClusterOptions options, long timestampFrequency)
    {
        var health = options.Health;
        return new(
            health.Probe,
            Create(health.Method, health),
            health.Port,
            (long)(health.Interval.TotalSeconds * timestampFrequency),
            health.DownInterval,
            health.Timeout > TimeSpan.Zero ? health.Timeout : options.ConnectTimeout)
        {
            FallsBack = health is { Method: ProbeMethod.HalfOpen, Probe: not ProbeMode.Never } && !HalfOpenProbe.IsPossible,
        };
    }

    /// <summary>The probe of a method, with the settings of <paramref name="health"/>.</summary>
    public static IProbe Create(ProbeMethod method, HealthOptions health)
    {
        var tls = new ProbeTls(health.Host, health.Verify);
        return method switch
        {
            ProbeMethod.HalfOpen when HalfOpenProbe.IsPossible => new HalfOpenProbe(),
            ProbeMethod.Tls => new TlsProbe(tls),
            ProbeMethod.Http => new HttpProbe(health.Path, health.Host, health.ExpectStatus, health.Tls is false ? null : tls),
            ProbeMethod.Ldap => new LdapProbe(health.Tls is true ? tls : null),
            _ => new ConnectProbe(),
        };
    }

    /// <summary>The least that can be asked: whether a destination accepts at its own port.</summary>
    public static IProbe Knock { get; } = Create(ProbeMethod.HalfOpen, new HealthOptions());
}
