using System.ComponentModel;
using System.Text.Json.Serialization;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>One address that clients connect to.</summary>
public sealed class ListenerOptions
{
    private WrittenSettings? _written;

    /// <summary>IP address and port to listen on, such as <c>0.0.0.0:5050</c> or <c>[::]:5050</c>.</summary>
    [JsonRequired, Description("IP address and port to listen on, such as 0.0.0.0:5050, [::]:5050 or *:5050.")]
    public string Endpoint { get; set; } = "";

    /// <summary>
    /// Whether the proxy serves without this listener while its address cannot be bound, and tries again every second: for an address that
    /// moves (VRRP).
    /// </summary>
    [Description("Whether the proxy serves without this listener while its address is not on this machine or taken, and tries again every "
        + "second: for an address that moves (VRRP).")]
    public bool WaitForAddress { get; set; }

    /// <summary>
    /// The name of the cluster that serves this listener's connections; with <see cref="Routes"/> those that no route takes, and empty:
    /// they are reset.
    /// </summary>
    [Description(
        "The name of the cluster that serves this listener's connections; with Routes the rest, which is reset when there is none.")]
    public string Cluster { get; set; } = "";

    /// <summary>What is spoken with clients; default: whatever it is, it is passed on.</summary>
    [Description("What is spoken with clients. Tcp passes bytes on, whatever they are; Http ends HTTP/1.1 here and forwards requests.")]
    public ListenerProtocol Protocol { get; set; } = ListenerProtocol.Tcp;

    /// <summary>How requests are forwarded, with <see cref="ListenerProtocol.Http"/>.</summary>
    [Description("How requests are forwarded, with Protocol Http.")]
    public HttpListenerOptions Http { get; set; } = new();

    /// <summary>Networks in CIDR form, or single addresses, that may connect. Empty: everyone may.</summary>
    [Description("Networks in CIDR form, or single addresses, that may connect. Empty: everyone may.")]
    public IList<string> AllowedClients { get; set; } = [];

    /// <summary>When a destination is connected for a client; default: at once.</summary>
    [Description("When a destination is connected for a client. FirstByte keeps port scans and monitors away from the agents; not for "
        + "protocols in which the server speaks first.")]
    public ConnectOn ConnectOn { get; set; } = ConnectOn.Accept;

    /// <summary>How long a client may send nothing, with <see cref="ConnectOn.FirstByte"/>; default: 30 s.</summary>
    [Duration, Description("How long a client may send nothing before it is reset, with ConnectOn FirstByte.")]
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections open at once before further ones are reset; 1 or more; default: 20 000.</summary>
    [AtLeast(1), Description("Connections open at once before further ones are reset.")]
    public int MaxConnections { get; set; } = 20_000;

    /// <summary>
    /// How long a client may leave what was sent to it unacknowledged, or keepalive unanswered, before the connection ends; 90 s by
    /// default. Zero: the system's limit, some 15 minutes, and keepalive after 90 s. One second or more.
    /// </summary>
    [UserTimeout, Description("How long a client may leave what was sent to it unacknowledged, or keepalive unanswered, before the "
        + "connection ends (TCP_USER_TIMEOUT).")]
    public TimeSpan UserTimeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>What the listener does with TLS; default: nothing.</summary>
    [Description("What the listener does with TLS.")]
    public ListenerTlsOptions Tls { get; set; } = new();

    /// <summary>Which log lines its connections have besides the one at their end.</summary>
    [Description("Which log lines its connections have besides the one at their end.")]
    public ListenerLogOptions Log { get; set; } = new();

    /// <summary>Which cluster serves which server name; <see cref="Cluster"/> serves the rest.</summary>
    [Description("Which cluster serves which server name of TLS; Cluster serves the rest.")]
    public IList<RouteOptions> Routes { get; set; } = [];

    /// <summary>The load balancers in front that tell the client's address by a PROXY header; default: none.</summary>
    [Description("The load balancers in front that tell the client's address by a PROXY header.")]
    public ProxyProtocolOptions ProxyProtocol { get; set; } = new();

    /// <summary>What they were read from; null: they were made in code. No property: those are bound.</summary>
    internal WrittenSettings? Written() => _written;

    /// <summary>Notes what they were read from.</summary>
    internal void ReadFrom(WrittenSettings written) => _written = written;
}
