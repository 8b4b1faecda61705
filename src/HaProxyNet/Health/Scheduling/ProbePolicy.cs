using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Health.Methods;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>
/// When and how the destinations of a cluster are probed. Immutable, and compared by value. Times are in units of the clock's timestamps,
/// or spans.
/// </summary>
/// <param name="Mode">When.</param>
/// <param name="Probe">How.</param>
/// <param name="Port">Where, when not at the destination's own port.</param>
/// <param name="Interval">How long one that is up may have accepted nothing.</param>
/// <param name="DownInterval">The longest time between two probes of one that is down.</param>
/// <param name="Timeout">How long one probe may take.</param>
internal sealed record ProbePolicy(ProbeMode Mode, IProbe Probe, int? Port, long Interval, TimeSpan DownInterval, TimeSpan Timeout)
{
    /// <summary>More than a round trip to anywhere, also where probes follow one another quickly.</summary>
    private static readonly TimeSpan _leastDownTimeout = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long one probe of a destination that is down may take, unless the operator has set a time: not longer than the wait for the next
    /// one, because Linux repeats an unanswered SYN only after 1 s and 3 s, and a new probe sends one at once.
    /// </summary>
    public TimeSpan DownTimeout { get; private init; } = Timeout;

    /// <summary><see cref="ProbeMethod.HalfOpen"/> was asked for, and this system cannot.</summary>
    public bool FallsBack { get; private init; }

    /// <summary>What its probes see besides that the destination accepts: only what looks as far can take their failures back.</summary>
    public EvidenceScope Scope { get; private init; }

    /// <summary>A handshake as connections of clients have it; none where destinations are spoken to without TLS.</summary>
    public IProbe? Handshake { get; private init; }

    /// <summary>
    /// How long a probe may take that shakes hands as connections of clients do: as long as theirs, unless the operator has set a time.
    /// </summary>
    public TimeSpan HandshakeTimeout { get; private init; }

    /// <summary>
    /// How long connections may wait for their first answer before the destination is asked; zero: for as long as they like.
    /// </summary>
    public TimeSpan AnswerWithin { get; private init; }

    /// <summary>
    /// How long a probe may take that looks so far; <paramref name="otherwise"/> where it has no handshake as connections have it.
    /// </summary>
    public TimeSpan TimeoutOf(EvidenceScope scope, TimeSpan otherwise)
        => Handshake is not null && scope.HasFlag(EvidenceScope.Handshake) ? HandshakeTimeout : otherwise;

    /// <summary>Reads the settings of a cluster.</summary>
    public static ProbePolicy From(ClusterOptions options, long timestampFrequency)
    {
        var health = options.Health;
        return new(
            health.Probe,
            Create(health.Method, health),
            health.Port,
            health.Interval.ToTimestamp(timestampFrequency),
            health.DownInterval,
            health.Timeout > TimeSpan.Zero ? health.Timeout : options.ConnectTimeout)
        {
            DownTimeout = DownTimeoutOf(options),
            Scope = ProbeScopes.Of(health.Method, isElsewhere: health.Port is not null, options),
            Handshake = options.Tls.Enabled ? Create(ProbeMethod.Tls, health) : null,
            HandshakeTimeout = health.Timeout > TimeSpan.Zero ? health.Timeout : options.ConnectTimeout + options.Tls.HandshakeTimeout,
            AnswerWithin = health.AnswerWithin,
            FallsBack = health is { Method: ProbeMethod.HalfOpen, Probe: not ProbeMode.Never } && !HalfOpenProbe.IsPossible,
        };
    }

    private static TimeSpan DownTimeoutOf(ClusterOptions options)
    {
        var health = options.Health;
        if (health.Timeout > TimeSpan.Zero)
        {
            return health.Timeout;
        }

        // A slow but honest answer to a question must not be cut off; an accept is quick.
        var bound = health.DownInterval > _leastDownTimeout ? health.DownInterval : _leastDownTimeout;
        return health.Method.IsBeyondConnect() || bound > options.ConnectTimeout ? options.ConnectTimeout : bound;
    }

    /// <summary>The probe of a method, with the settings of <paramref name="health"/>.</summary>
    public static IProbe Create(ProbeMethod method, HealthOptions health)
    {
        return method switch
        {
            ProbeMethod.HalfOpen when HalfOpenProbe.IsPossible => new HalfOpenProbe(),
            ProbeMethod.Tls => new TlsProbe(),
            ProbeMethod.Http
                => new HttpProbe(health.Path, HostName.WithoutDot(health.Host), health.ExpectStatus, SpeaksTls: health.Tls is not false),
            ProbeMethod.Ldap => new LdapProbe(SpeaksTls: health.Tls is true),
            ProbeMethod.StatusServer => new StatusServerProbe(),
            _ => new ConnectProbe(),
        };
    }

    /// <summary>The least that can be asked: whether a destination accepts at its own port.</summary>
    public static IProbe Knock { get; } = Create(ProbeMethod.HalfOpen, new HealthOptions());
}
