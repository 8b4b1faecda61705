using System.Net;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Listening;

/// <summary>The clients that may use a listener. Immutable.</summary>
/// <param name="Allowed">The networks that may connect; empty: all.</param>
/// <param name="MaxConnections">How many connections may be open at once.</param>
internal sealed record AdmissionRules(AllowedClients Allowed, int MaxConnections)
{
    /// <summary>The load balancers in front that say who the client is; null: none do.</summary>
    public AllowedClients? LoadBalancers { get; init; }

    /// <summary>
    /// Decides about one connection that has just come. The peer's address is looked up only where a rule needs it. A load balancer whose
    /// header will say who the client is, is let in: <see cref="Allows"/> is asked about that client.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="open">How many connections are open, this one included.</param>
    public RefusalReason Decide(LaneConnection connection, int open)
    {
        if (open > MaxConnections)
        {
            return RefusalReason.MaxConnections;
        }

        if (Allowed == AllowedClients.Everyone)
        {
            return RefusalReason.None;
        }

        var peer = connection.Client.RemoteEndPoint.Address;
        return Allows(peer) || LoadBalancers?.Contains(peer) is true ? RefusalReason.None : RefusalReason.NotAllowed;
    }

    /// <summary>Whether a client of this address may use the listener.</summary>
    public bool Allows(IPAddress client) => Allowed.Contains(client);
}
