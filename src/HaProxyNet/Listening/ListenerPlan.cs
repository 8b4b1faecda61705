using System.Net;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.State;
using HaProxyNet.Tls.Terminating;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Listening;

/// <summary>
/// What the configuration says of a listener. Immutable: a reload that changes it replaces it, and a connection goes on under the one that
/// it began with.
/// </summary>
internal sealed class ListenerPlan
{
    public ListenerPlan(
        Listener listener, IPEndPoint address, Cluster? cluster, AdmissionRules rules,
        IReadOnlyList<(string ServerName, Cluster Cluster)>? routes = null)
    {
        (Listener, Address, Cluster, Rules) = (listener, address, cluster, rules);
        Routes = routes is { Count: > 0 } ? new ServerNameTable<Cluster>(routes) : null;
        Clusters = [.. (cluster is null ? [] : new[] { cluster }).Concat(routes?.Select(r => r.Cluster) ?? []).Distinct()];
    }

    /// <summary>What the settings were read from; null: they were made in code.</summary>
    public WrittenSettings? Written { get; init; }

    /// <summary>Whether this is what <paramref name="other"/> is, so that nothing needs to be replaced.</summary>
    public bool SaysTheSameAs(ListenerPlan other) => Written is not null && other.Written is not null && Written.IsSame(other.Written)
        && Clusters.SequenceEqual(other.Clusters) && Equals(Tls, other.Tls);

    /// <summary>The listener.</summary>
    public Listener Listener { get; }

    /// <summary>The configured address.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The cluster that serves the connections for which there is no route; null: they are refused.</summary>
    public Cluster? Cluster { get; }

    /// <summary>The clusters by server name; null: all connections go to <see cref="Cluster"/>.</summary>
    public ServerNameTable<Cluster>? Routes { get; }

    /// <summary>
    /// The cluster of a client's server name where the listener has one for it, else the listener's; null when it has none.
    /// </summary>
    public Cluster? ClusterOf(string? serverName) => Routes?.Find(serverName) ?? Cluster;

    /// <summary>Every cluster that can serve its connections, the one for the rest first.</summary>
    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>Which clients may connect, and how many at once.</summary>
    public AdmissionRules Rules { get; }

    /// <summary>How long a client has for its first byte, before which no destination is connected; null: that is not waited for.</summary>
    public TimeSpan? FirstByte { get; init; }

    /// <summary>How long a client has for a complete TLS hello, before which no destination is connected; null: none is read.</summary>
    public TimeSpan? HelloTimeout { get; init; }

    /// <summary>Whether a client has to send something before anything is connected for it.</summary>
    public bool WaitsForClient => HelloTimeout is not null || FirstByte is not null || Tls is not null || ProxyProtocol is not null;

    /// <summary>The load balancers in front that say who the client is; null: none do.</summary>
    public ProxyProtocolPolicy? ProxyProtocol { get; init; }

    /// <summary>How long a client may be silent that speaks first by the rules of the listener; null: its server may speak first.</summary>
    public TimeSpan? PatienceForClient => HelloTimeout ?? Tls?.Timeout ?? FirstByte;

    /// <summary>The outcome of a client that is silent for longer.</summary>
    public ConnectionOutcome OutcomeOfSilence => HelloTimeout is not null ? ConnectionOutcome.HelloTimeout
        : Tls is not null ? ConnectionOutcome.TlsFailed
        : ConnectionOutcome.FirstByteTimeout;

    /// <summary>How long a silent client is believed to live.</summary>
    public SilenceLimits Silence { get; init; } = SilenceLimits.From(new ListenerOptions().UserTimeout);

    /// <summary>Which lines its connections have besides the one at their end.</summary>
    public ConnectionFollow Follow { get; init; }

    /// <summary>Whether an address that cannot be bound is waited for.</summary>
    public bool WaitsForAddress { get; init; }

    /// <summary>How HTTP is spoken, which then ends here; null: bytes are passed on.</summary>
    public HttpPolicy? Http { get; init; }

    /// <summary>The TLS that ends at this listener; null: none does.</summary>
    public TerminatingListener? Tls { get; init; }
}
