using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Tls;

/// <summary>TLS towards the destinations of a cluster, for listeners that terminate it.</summary>
public sealed class ClusterTlsOptions
{
    /// <summary>Whether the proxy is a TLS client of the destinations; default: it is not.</summary>
    [Description("Whether the proxy speaks TLS to the destinations.")]
    public bool Enabled { get; set; }

    /// <summary>
    /// The name that the destinations are asked for and their certificates are checked against: the load balancer's FQDN where they share
    /// one. Empty: each destination's own host name.
    /// </summary>
    [Description(
        "The name that destinations are asked for and their certificates are checked against. Empty: each destination's host name.")]
    public string ServerName { get; set; } = "";

    /// <summary>
    /// A PEM file with the authorities that may have issued the destinations' certificates. Empty: those that the system trusts.
    /// </summary>
    [Description(
        "A PEM file with the authorities that may have issued the destinations' certificates. Empty: those that the system trusts.")]
    public string CaPath { get; set; } = "";

    /// <summary>SHA-256 thumbprints of certificates that are taken as they are, whatever their issuer and name.</summary>
    [Description("SHA-256 thumbprints of certificates that are taken as they are, whatever their issuer and name.")]
    public IList<string> Thumbprints { get; set; } = [];

    /// <summary>Whether certificates are verified. Without it, anyone in between can read and change everything.</summary>
    [Description("Whether certificates are verified. Without it, anyone in between can read and change everything.")]
    public bool Verify { get; set; } = true;

    /// <summary>The certificate that the proxy shows when it is asked for one.</summary>
    [Description("The certificate that the proxy shows when a destination asks for one.")]
    public CertificateOptions Certificate { get; set; } = new();

    /// <summary>The oldest version that is spoken; default: TLS 1.2.</summary>
    [Description("The oldest version of TLS that is spoken.")]
    public TlsVersion MinVersion { get; set; } = TlsVersion.Tls12;

    /// <summary>How long a handshake with a destination may take before the next one is tried; default: 5 s.</summary>
    [Duration, Description("How long a handshake with a destination may take before the next destination is tried.")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
