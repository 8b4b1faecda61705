using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.State;

/// <summary>How a cluster's destinations are spoken to with TLS. Immutable; a reload replaces it.</summary>
/// <param name="ServerName">The name for all of them; empty: each one's host name.</param>
/// <param name="MinVersion">The oldest version that is spoken.</param>
/// <param name="HandshakeTimeout">How long a handshake may take.</param>
internal sealed record ClusterEncryption(string ServerName, TlsVersion MinVersion, TimeSpan HandshakeTimeout)
{
    /// <summary>Reads the settings; none when the destinations are spoken to without TLS.</summary>
    public static ClusterEncryption? From(ClusterTlsOptions options)
        => options.Enabled ? new(options.ServerName, options.MinVersion, options.HandshakeTimeout) : null;

    /// <summary>The name that a destination is asked for and its certificate is checked against.</summary>
    public string NameOf(DestinationModel destination)
        => HostName.WithoutDot(destination.TlsServerName.Length > 0 ? destination.TlsServerName
            : ServerName.Length > 0 ? ServerName
            : destination.Address.Host);
}
