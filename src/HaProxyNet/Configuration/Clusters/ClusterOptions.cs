using System.ComponentModel;
using System.Text.Json.Serialization;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>Destinations that can stand in for one another, and how to choose between them.</summary>
public sealed class ClusterOptions
{
    private WrittenSettings? _written;

    /// <summary>The destinations in order of preference: the primary first.</summary>
    [JsonRequired, Description("The destinations in order of preference: the primary first.")]
    public IList<DestinationOptions> Destinations { get; set; } = [];

    /// <summary>How new connections are spread over the destinations; default: to the most preferred one that is up.</summary>
    [Description("How new connections are spread over the destinations.")]
    public SelectionPolicy Policy { get; set; } = SelectionPolicy.PrimaryPreferred;

    /// <summary>
    /// Clusters that name the same group use the destination of the same name, as long as one can be used in all of them: the plain and
    /// the TLS port of one host fail over together. Empty: alone.
    /// </summary>
    [Description(
        "Clusters that name the same group use the destination of the same name: the plain and the TLS port of a host fail over together.")]
    public string FailoverGroup { get; set; } = "";

    /// <summary>How long one connect attempt may take before the next destination is tried. More than zero; default: 3 s.</summary>
    [Duration, Description("How long one connect attempt may take before the next destination is tried.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long the answer of one destination is waited for before the next one is tried as well; the first to accept is taken. Default:
    /// <c>Auto</c>, from the destination's own answers, between 25 and 400 ms. A time is used as it is; zero means that only a failure or
    /// the connect time-out moves on.
    /// </summary>
    [HedgeAfter, Description("How long one destination's answer is waited for before the next one is tried as well: Auto (from its own "
        + "answers, 25 to 400 ms), a time, or 00:00:00 for no hedging.")]
    public string HedgeAfter { get; set; } = HedgeAfterAttribute.Auto;

    /// <summary>
    /// How long a connection may carry no byte in either direction before it is reset. Zero, the default, means no limit:
    /// an RPC may be silent for ten minutes.
    /// </summary>
    [Duration(Zero = "no limit"), Description(
        "How long a connection may carry no byte in either direction before it is reset; zero means no limit.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long a destination may leave what was sent to it unacknowledged, or keepalive unanswered, before the connection ends; 90 s by
    /// default. Zero: the system's limit, some 15 minutes, and keepalive after 90 s. One second or more.
    /// </summary>
    [UserTimeout, Description("How long a destination may leave what was sent to it unacknowledged, or keepalive unanswered, before the "
        + "connection ends (TCP_USER_TIMEOUT).")]
    public TimeSpan UserTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>
    /// How often the names of destinations are resolved again. A changed address is used for new connections; when the name does not
    /// resolve, the last good addresses stay. Zero: only at the start. Default: 30 s.
    /// </summary>
    [Duration(Zero = "only at the start"), Description(
        "How often the names of destinations are resolved again; the last good addresses stay when a name does not resolve.")]
    public TimeSpan ResolveInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How the health of destinations is learned.</summary>
    [Description("How the health of destinations is learned.")]
    public HealthOptions Health { get; set; } = new();

    /// <summary>When and how to go back to a more preferred destination.</summary>
    [Description("When and how to go back to a more preferred destination.")]
    public FailbackOptions Failback { get; set; } = new();

    /// <summary>What happens when a destination goes down, besides the failover of new connections.</summary>
    [Description("What happens when a destination goes down, besides the failover of new connections.")]
    public WhenDownOptions WhenDown { get; set; } = new();

    /// <summary>What clients see while no destination can be used; default: a reset.</summary>
    [Description("What clients see while no destination can be used: a reset, or a port that refuses.")]
    public AllDownAction WhenAllDown { get; set; } = AllDownAction.Reset;

    /// <summary>How long a client stays with its destination.</summary>
    [Description("How long a client stays with its destination, with Policy SourceAddress.")]
    public StickinessOptions Stickiness { get; set; } = new();

    /// <summary>TLS towards the destinations.</summary>
    [Description("TLS towards the destinations.")]
    public ClusterTlsOptions Tls { get; set; } = new();

    /// <summary>The PROXY header that destinations get before the client's first byte; default: none.</summary>
    [Description("The PROXY header, with the client's address, that destinations get before the client's first byte. They must expect it.")]
    public ProxyProtocolVersion SendProxyProtocol { get; set; } = ProxyProtocolVersion.None;

    /// <summary>What they were read from; null: they were made in code. No property: those are bound.</summary>
    internal WrittenSettings? Written() => _written;

    /// <summary>Notes what they were read from.</summary>
    internal void ReadFrom(WrittenSettings written) => _written = written;
}
