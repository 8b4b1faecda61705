using System.Net;
using HaProxyNet.Connections;
using HaProxyNet.Health;
using HaProxyNet.Listening;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Connecting;

/// <summary>
/// Breaks circles that no address shows: a NAT rule, or a hop that keeps the sender's address, leads a connect to a destination back to a
/// listener of the proxy. The proof is the connection itself: its client is one of the proxy's own sockets.
/// </summary>
internal sealed partial class LoopBreaker(LoopDetector loops, HealthReporter health, ILogger<LoopBreaker> logger)
{
    private readonly OwnConnects _own = new();

    /// <summary>
    /// A destination has accepted. The client is looked at again: it may have been accepted before the end of its connect was known.
    /// </summary>
    public void OnAccepted(ProxyConnection connection, IPEndPoint destination)
    {
        _own.Note(connection, destination);
        OnClient(connection);
    }

    /// <summary>
    /// A client has come. Where it is the proxy itself, its destination's address is remembered as one that leads back, so that the circle
    /// ends here: this connection is the first to be given the next destination.
    /// </summary>
    public void OnClient(ProxyConnection accepted)
    {
        if (_own.Find(accepted) is not { } own || !loops.Learn(own.Destination, accepted.Listener))
        {
            return;
        }

        // A listener before another cluster is a chain that somebody has made on purpose.
        if (own.Connection is { Cluster: { } cluster, Destination: { } destination } && loops.LeadsBack(cluster, own.Destination))
        {
            LogLoop(cluster.Name, destination.Name, own.Destination, accepted.Listener.Name);
            destination.Connects.Failed(ConnectStatus.Loop);
            health.Report(cluster, destination, AttemptEvidence.Failed(ConnectStatus.Loop, TimeSpan.Zero));
        }
    }

    [LoggerMessage(EventIds.RedirectedToItself, LogLevel.Error,
        "A connection to {Cluster}/{Destination} ({Address}) has arrived at this proxy's own listener {Listener}: something on the way "
            + "redirects it. It is given no connections until that has ended. Look at the NAT rules of this machine "
            + "(nft list ruleset, iptables -t nat -S) and of the hops behind it.")]
    private partial void LogLoop(string cluster, string destination, IPEndPoint address, string listener);
}
