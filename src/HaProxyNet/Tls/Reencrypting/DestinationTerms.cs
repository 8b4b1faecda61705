using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.State;
using HaProxyNet.Tls.Certificates.Renewal;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>
/// What the proxy asks of a destination that it speaks TLS to: the same for connections of clients and for probes. Any thread.
/// </summary>
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
            Seen(cluster, destination));

    /// <summary>What a probe asks: the same as connections at the own port, where they have TLS of ours; else what Health says.</summary>
    /// <param name="cluster">The destination's cluster.</param>
    /// <param name="destination">The destination.</param>
    /// <param name="isAtOwnPort">Whether the destination's own port is asked: only that shows the certificate that clients see.</param>
    public TlsClientSettings? OfProbe(Cluster cluster, Destination destination, bool isAtOwnPort)
    {
        if (isAtOwnPort && cluster.Plan.Encryption is { } encryption)
        {
            return Of(cluster, encryption, destination, alpn: "");
        }

        return certificates.Probes(cluster.Name) is not { } own ? null : new(
            own,
            own.ServerName.Length > 0 ? own.ServerName : HostName.WithoutDot(destination.Model.Address.Host),
            TlsVersion.Tls12,
            Alpn: "",
            isAtOwnPort ? Seen(cluster, destination) : null);
    }

    private Action<X509Certificate2> Seen(Cluster cluster, Destination destination)
        => certificate => certificates.Destinations.Seen(cluster.Name, destination.Name, certificate);
}
