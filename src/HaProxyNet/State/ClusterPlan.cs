using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Transport;

namespace HaProxyNet.State;

/// <summary>
/// What the configuration says of a cluster, with its destinations in order of preference. Immutable; a reload that changes it replaces it.
/// </summary>
/// <param name="Policy">How new connections are spread over destinations of the same tier.</param>
/// <param name="ConnectTimeout">How long one attempt may take.</param>
/// <param name="Hedge">How long one attempt is waited for before the next destination is tried as well.</param>
/// <param name="IdleTimeout">How long a connection may be silent; zero: no limit.</param>
/// <param name="ResolveInterval">How often names are resolved again; zero: only at the start.</param>
/// <param name="Health">How evidence becomes a state.</param>
/// <param name="Failback">When to go back.</param>
/// <param name="Sessions">What happens to open connections when the active destination changes.</param>
/// <param name="AllDown">What clients see while no destination can be used.</param>
/// <param name="Destinations">The destinations, the primary first.</param>
internal sealed record ClusterPlan(
    SelectionPolicy Policy,
    TimeSpan ConnectTimeout,
    HedgePolicy Hedge,
    TimeSpan IdleTimeout,
    TimeSpan ResolveInterval,
    HealthPolicy Health,
    FailbackPolicy Failback,
    SessionPolicy Sessions,
    AllDownAction AllDown,
    Destination[] Destinations)
{
    /// <summary>The settings that it was read from, for stages that compile their own part of them.</summary>
    public required ClusterOptions Options { get; init; }

    /// <summary>Units a second of the clock that its times are in.</summary>
    public required long TimestampFrequency { get; init; }

    /// <summary>How the destinations are spoken to with TLS; null: without.</summary>
    public ClusterEncryption? Encryption { get; init; }

    /// <summary>The PROXY header that destinations get before the client's first byte.</summary>
    public ProxyProtocolVersion SendProxyProtocol { get; init; }

    /// <summary>
    /// Whether a destination that has accepted gets bytes of the proxy before those of the client: a PROXY header, a TLS handshake.
    /// </summary>
    public bool IsPrepared => SendProxyProtocol is not ProxyProtocolVersion.None || Encryption is not null;

    /// <summary>How long a silent destination is believed to live.</summary>
    public SilenceLimits Silence { get; init; } = SilenceLimits.From(new ClusterOptions().UserTimeout);

    /// <summary>Reads the settings of a cluster.</summary>
    public static ClusterPlan From(ClusterOptions options, Destination[] destinations, long timestampFrequency) => new(
        options.Policy,
        options.ConnectTimeout,
        HedgePolicy.Parse(options.HedgeAfter),
        options.IdleTimeout,
        options.ResolveInterval,
        HealthPolicy.From(options.Health, timestampFrequency),
        FailbackPolicy.From(options.Failback, timestampFrequency),
        SessionPolicy.From(options),
        options.WhenAllDown,
        destinations)
    {
        Options = options,
        TimestampFrequency = timestampFrequency,
        Encryption = ClusterEncryption.From(options.Tls),
        SendProxyProtocol = options.SendProxyProtocol,
        Silence = SilenceLimits.From(options.UserTimeout),
    };

    /// <summary>Whether this is what <paramref name="other"/> is, so that nothing needs to be replaced.</summary>
    public bool SaysTheSameAs(ClusterPlan other) => Options.Written() is { } written && other.Options.Written() is { } before
        && written.IsSame(before) && Destinations.SequenceEqual(other.Destinations);

    /// <summary>Whether several destinations carry new connections at the same time.</summary>
    public bool IsBalanced => Policy is not SelectionPolicy.PrimaryPreferred;

    /// <summary>Whether two destinations share the connections: that another one heads the list is no failover.</summary>
    public bool AreEqual(Destination one, Destination other) => IsBalanced && one.Model.Tier == other.Model.Tier;
}
