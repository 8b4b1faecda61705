using System.Net;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.ProxyProtocol;

namespace HaProxyNet.ProxyProtocol;

/// <summary>Which load balancers in front say who the client is. Immutable; a reload replaces it.</summary>
/// <param name="AcceptFrom">Their addresses.</param>
/// <param name="Timeout">How long one may take to send its header.</param>
internal sealed record ProxyProtocolPolicy(AllowedClients AcceptFrom, TimeSpan Timeout)
{
    /// <summary>Reads the settings; null when no load balancer is listed.</summary>
    public static ProxyProtocolPolicy? From(ProxyProtocolOptions options)
        => options.AcceptFrom.Count > 0 ? new(AllowedClients.Parse(options.AcceptFrom), options.Timeout) : null;

    /// <summary>Whether a peer is one of them.</summary>
    public bool IsListed(IPAddress peer) => AcceptFrom.Contains(peer);
}
