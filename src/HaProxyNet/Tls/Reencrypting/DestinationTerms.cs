using HaProxyNet.State;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>What the proxy asks of a destination that it speaks TLS to: the same for connections of clients and for probes. Any thread.</summary>
internal sealed class DestinationTerms(CertificateStore certificates)
{
    /// <summary>None when the cluster's certificates are not loaded: a reload that enabled TLS has just begun.</summary>
    /// <param name="cluster">The destination's cluster.</param>
    /// <param name="encryption">How its destinations are spoken to.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="alpn">The application protocol that is offered; empty: none.</param>
    public TlsClientSettings? Of(Cluster cluster, ClusterEncryption encryption, Destination destination, string alpn)
        => certificates.Cluster(cluster.Name) is not { } known ? null : new(
            known,
            encryption.NameOf(destination.Model),
            encryption.MinVersion,
            alpn,
            certificate => certificates.Destinations.Seen(cluster.Name, destination.Name, certificate));
}
