using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Health;

/// <summary>How the health of a cluster's destinations is learned. Real connects are always evidence.</summary>
public sealed class HealthOptions
{
    /// <summary>When destinations are probed; default: when idle or down.</summary>
    [Description("When destinations are probed besides the evidence of real connects; under traffic WhenIdleOrDown sends no probe at all.")]
    public ProbeMode Probe { get; set; } = ProbeMode.WhenIdleOrDown;

    /// <summary>How they are asked; default: half-open.</summary>
    [Description("How destinations are asked; HalfOpen (Linux) is never seen by a server's accept().")]
    public ProbeMethod Method { get; set; } = ProbeMethod.HalfOpen;

    /// <summary>
    /// How long a destination may have accepted nothing before it is probed while it is up, before jitter. More than zero; default: 10 s.
    /// </summary>
    [Duration, Description(
        "How long a destination that is up may have accepted nothing before it is probed; with Probe Always the time between two probes.")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time between two probes of a destination that is down, before jitter and back-off. More than zero; default: 1 s.
    /// </summary>
    [Duration, Description("The time between two probes of a destination that is down, before jitter and back-off.")]
    public TimeSpan DownInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long one probe may take; zero, the default, means the cluster's <c>ConnectTimeout</c>, and its <c>Tls.HandshakeTimeout</c> more
    /// for a handshake like a connection's.
    /// </summary>
    [Duration(Zero = "ConnectTimeout"), Description("How long one probe may take; zero means ConnectTimeout.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.Zero;

    /// <summary>
    /// How long connections that have sent bytes may wait for their first answer before the destination is asked by a probe, and goes down
    /// if that fails too; zero, the default: no matter how long. For protocols in which the client speaks first and is answered soon.
    /// </summary>
    [Duration(Zero = "no bound"), Description(
        "How long connections that have sent bytes may wait for their first answer before the destination is asked by a probe, and is down "
            + "if that fails too; zero: no bound. It needs Method Tls, Http, Ldap or StatusServer.")]
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.Zero;

    /// <summary>Where to ask, when not at the destination's own port; 1 to 65535.</summary>
    [AtLeast(1, AtMost = 65535), Description("The port to ask, when it is not the destination's own.")]
    public int? Port { get; set; }

    /// <summary>Whether the probe speaks TLS; default: with Http it does, with Ldap it does not.</summary>
    [Description("Whether Http (default: true) or Ldap (default: false) is spoken over TLS.")]
    public bool? Tls { get; set; }

    /// <summary>
    /// The name that is asked for: Host of the request, server name of TLS; empty: the destination's host. With <c>Tls.Enabled</c> of the
    /// cluster the server name at the own port is the one that connections ask for.
    /// </summary>
    [Description("The name that the probe asks for, as Host of the request and as server name of TLS; the destination's host when empty.")]
    public string Host { get; set; } = "";

    /// <summary>What is asked for, with Http; default: <c>/</c>.</summary>
    [Description("The path that is asked for, with Method Http.")]
    public string Path { get; set; } = "/";

    /// <summary>The only status that means healthy, with Http; default: 200.</summary>
    [AtLeast(100, AtMost = 599), Description("The only status that means healthy, with Method Http.")]
    public int ExpectStatus { get; set; } = 200;

    /// <summary>
    /// Whether the certificate must be trusted and name <see cref="Host"/>, where TLS is spoken; default: true. With <c>Tls.Enabled</c>
    /// of the cluster its rules decide at the own port.
    /// </summary>
    [Description("Whether the certificate must be trusted and bear the name, where the probe speaks TLS.")]
    public bool Verify { get; set; } = true;

    /// <summary>
    /// A PEM file with the authorities that may have issued the certificate that a probe is shown. Empty: those that the system trusts.
    /// </summary>
    [Description(
        "A PEM file with the authorities that may have issued the certificate that a probe is shown. Empty: those that the system trusts.")]
    public string CaPath { get; set; } = "";

    /// <summary>SHA-256 thumbprints of certificates that a probe takes as they are, whatever their issuer and their name.</summary>
    [Description("SHA-256 thumbprints of certificates that a probe takes as they are, whatever their issuer and their name.")]
    public IList<string> Thumbprints { get; set; } = [];

    /// <summary>The certificate that a probe shows when it is asked for one: RadSec and other services with mutual TLS.</summary>
    [Description("The certificate that a probe shows when it is asked for one.")]
    public CertificateOptions Certificate { get; set; } = new();

    /// <summary>Failures in a row that make a destination Down; 1 or more; default: 1.</summary>
    [AtLeast(1), Description("Failed attempts and probes in a row that make a destination Down.")]
    public int Fall { get; set; } = 1;

    /// <summary>Successes in a row that make it Up again; 1 or more; default: 1.</summary>
    [AtLeast(1), Description("Successful attempts and probes in a row that make a destination Up again.")]
    public int Rise { get; set; } = 1;

    /// <summary>
    /// How long a destination that has failed within 5 minutes of a recovery must accept without a failure before it is used again; each
    /// further such failure doubles it, up to <see cref="HoldDownMax"/>. Default: 1 s; zero: no hold-down.
    /// </summary>
    [Duration(Zero = "no hold-down"), Description(
        "How long a destination that failed within 5 minutes of a recovery must accept without a failure before it is used again; it "
            + "doubles with each such failure.")]
    public TimeSpan HoldDown { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest that the hold-down grows to; default: 60 s.</summary>
    [Duration, Description("The longest that the hold-down grows to.")]
    public TimeSpan HoldDownMax { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>One probe a day of every standby; default: none.</summary>
    [Description("One probe a day of every destination that carries no new connections.")]
    public DrillOptions Drill { get; set; } = new();

    /// <summary>Whether a probe of this method speaks TLS.</summary>
    internal bool SpeaksTls(ProbeMethod method) => method switch
    {
        ProbeMethod.Tls or ProbeMethod.StatusServer => true,
        ProbeMethod.Http => Tls is not false,
        ProbeMethod.Ldap => Tls is true,
        _ => false,
    };
}
