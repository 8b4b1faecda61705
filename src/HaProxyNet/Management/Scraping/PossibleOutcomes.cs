using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// How connections can end, by the settings of their listener and their cluster. A setting that a reload turns on has its series from then
/// on, before the first connection ends by it. Pure.
/// </summary>
internal static class PossibleOutcomes
{
    /// <summary>All that there are.</summary>
    public static readonly ConnectionOutcome[] All =
        [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];

    /// <summary>The ends that policies and operators decide, of connections that are open.</summary>
    public static readonly ConnectionOutcome[] Cuts =
    [
        ConnectionOutcome.FailedBack,
        ConnectionOutcome.DestinationDown,
        ConnectionOutcome.ClosedByAdmin,
        ConnectionOutcome.DrainDeadline,
        ConnectionOutcome.IdleTimeout,
    ];

    /// <summary>Whether one that has a destination can end this way.</summary>
    public static bool HasConnected(ConnectionOutcome outcome, ListenerPlan listener, ClusterPlan cluster) => outcome switch
    {
        ConnectionOutcome.Completed or ConnectionOutcome.ClientReset or ConnectionOutcome.DestinationReset => true,
        ConnectionOutcome.ClosedByAdmin or ConnectionOutcome.DrainDeadline => true,
        ConnectionOutcome.PeerVanished or ConnectionOutcome.InternalError => true,
        ConnectionOutcome.IdleTimeout => cluster.IdleTimeout > TimeSpan.Zero || listener.Http is not null,
        ConnectionOutcome.FailedBack => cluster.Sessions.AtFailback is not FailbackSessions.Leave,
        ConnectionOutcome.DestinationDown => cluster.Sessions.AtFailure is not FailureSessions.Leave,
        ConnectionOutcome.TlsFailed => listener.Tls is not null || cluster.Encryption is not null,
        ConnectionOutcome.ProxyHeader => listener.ProxyProtocol is not null,
        _ => false,
    };

    /// <summary>Whether one that never had a destination can end this way.</summary>
    /// <param name="outcome">The end.</param>
    /// <param name="listener">Its listener.</param>
    /// <param name="cluster">Its cluster, by the server name as far as that is known by then; null: none.</param>
    public static bool HasUnconnected(ConnectionOutcome outcome, ListenerPlan listener, Cluster? cluster)
    {
        var isBeforeTheName = ReferenceEquals(cluster, listener.Cluster);
        return outcome switch
        {
            ConnectionOutcome.ClientAborted or ConnectionOutcome.NoDestination => true,
            ConnectionOutcome.DrainDeadline or ConnectionOutcome.InternalError => true,
            ConnectionOutcome.FirstByteTimeout => listener.FirstByte is not null,
            ConnectionOutcome.TlsFailed => listener.Tls is not null,
            ConnectionOutcome.HelloTimeout => isBeforeTheName && listener.HelloTimeout is not null,
            ConnectionOutcome.ProxyHeader => isBeforeTheName && listener.ProxyProtocol is not null,
            ConnectionOutcome.CrowdedOut
                => isBeforeTheName ? listener.WaitsForClient : listener.FirstByte is not null || listener.Tls is not null,
            _ => false,
        };
    }
}
