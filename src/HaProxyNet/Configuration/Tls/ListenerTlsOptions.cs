using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Tls;

/// <summary>What a listener does with TLS.</summary>
public sealed class ListenerTlsOptions
{
    /// <summary>Nothing, pass it through, or end it here; default: nothing.</summary>
    [Description("None relays bytes, Passthrough reads the client's hello and passes everything on untouched, Terminate ends TLS here.")]
    public TlsMode Mode { get; set; } = TlsMode.None;

    /// <summary>The name that clients use, the load balancer's FQDN: certificates are checked against it.</summary>
    [Description("The name that clients use, the load balancer's FQDN. Certificates are checked against it.")]
    public string ServerName { get; set; } = "";

    /// <summary>How long a client has for a complete hello; default: 10 s.</summary>
    [Duration, Description("How long a client has for a complete hello, where it is read before the connection is passed on.")]
    public TimeSpan HelloTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The certificate, with <see cref="TlsMode.Terminate"/>.</summary>
    [Description("The certificate, with Mode Terminate.")]
    public CertificateOptions Certificate { get; set; } = new();

    /// <summary>More certificates: the client's server name chooses the one that holds for it, the first one else.</summary>
    [Description("More certificates: the server name that a client asks for chooses the one that holds for it.")]
    public IList<CertificateOptions> Certificates { get; set; } = [];

    /// <summary>What is asked of clients.</summary>
    [Description("What is asked of clients, with Mode Terminate.")]
    public ClientCertificateOptions ClientCertificate { get; set; } = new();

    /// <summary>How long a handshake may take, and how long a client may wait for its turn; default: 10 s.</summary>
    [Duration, Description("How long a handshake may take before the client is reset.")]
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Handshakes that are worked on at once on this listener before further ones wait their turn; 1 or more, default: 256.
    /// </summary>
    [AtLeast(
        1), Description("Handshakes that are worked on at once before further ones wait their turn; one that waits for its client is not.")]
    public int MaxHandshakes { get; set; } = 256;

    /// <summary>The oldest version that is spoken; default: TLS 1.2.</summary>
    [Description("The oldest version of TLS that is spoken.")]
    public TlsVersion MinVersion { get; set; } = TlsVersion.Tls12;

    /// <summary>
    /// Cipher suites by their IANA names, in order of preference. Empty: a safe list for both versions. With a list no sessions are
    /// resumed.
    /// </summary>
    [Description("Cipher suites by their IANA names, such as TLS_AES_256_GCM_SHA384, in order of preference. Empty: a safe list. With a "
        + "list no sessions are resumed. Not on Windows.")]
    public IList<string> CipherSuites { get; set; } = [];

    /// <summary>Application protocols (ALPN) that may be agreed on, in order of preference. Empty: a client's offer is ignored.</summary>
    [Description("Application protocols (ALPN) that may be agreed on, in order of preference. Empty: a client's offer is ignored.")]
    public IList<string> Alpn { get; set; } = [];
}
