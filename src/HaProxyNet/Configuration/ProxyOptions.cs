using System.ComponentModel;
using System.Text.Json.Serialization;
using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Configuration.Maintaining;
using HaProxyNet.Configuration.Notify;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration;

/// <summary>The whole configuration: the section <c>HaProxyNet</c> of <c>haproxynet.json</c> or of the host's configuration.</summary>
public sealed class ProxyOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string SectionName = "HaProxyNet";

    /// <summary>Where operators and scrapers look.</summary>
    [Description("Where operators and scrapers look.")]
    public AdminOptions Admin { get; set; } = new();

    /// <summary>How long a shutdown waits for open connections before it resets them. Zero or more; default: 30 s.</summary>
    [Duration(Zero = "no waiting"), Description("How long a shutdown waits for open connections before it resets them.")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a shutdown serves on while <c>/readyz</c> says 503, before it stops accepting. Zero or more; default: zero.
    /// </summary>
    [Duration(Zero = "accepting stops at once"), Description(
        "How long a shutdown serves on while /readyz says 503, so that VRRP or a balancer can move first, before it stops accepting.")]
    public TimeSpan ShutdownDelay { get; set; }

    /// <summary>
    /// How long the old process of an upgrade keeps the connections that it could not hand over (TLS that ends in the proxy) before it
    /// resets them. Zero or more; default: 10 min.
    /// </summary>
    [Duration(Zero = "what cannot be handed over is reset at once"), Description("How long the old process of an upgrade keeps the "
        + "connections that it could not hand over (TLS that ends in the proxy) before it resets them.")]
    public TimeSpan UpgradeTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Which transport moves the bytes.</summary>
    [Description("Which transport moves the bytes: Auto takes the Reactor on Linux, where it can, and the Managed engine elsewhere.")]
    public EngineKind Engine { get; set; } = EngineKind.Auto;

    /// <summary>What encrypts, where the proxy itself speaks TLS.</summary>
    [Description("What encrypts, where the proxy itself speaks TLS: Auto takes OpenSSL with the Reactor, where OpenSSL 3 is installed, and "
        + "SslStream elsewhere.")]
    public TlsEngineKind TlsEngine { get; set; } = TlsEngineKind.Auto;

    /// <summary>Threads of the Reactor, 1 to 256; 0, the default, means one a core.</summary>
    [AtLeast(0, AtMost = 256), Description("Threads of the Reactor; 0 means one a core.")]
    public int Threads { get; set; }

    /// <summary>What clients connect to, by name.</summary>
    [JsonRequired, Description("What clients connect to, by name.")]
    public IDictionary<string, ListenerOptions> Listeners { get; set; } =
        new Dictionary<string, ListenerOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The groups of destinations, by name.</summary>
    [JsonRequired, Description("The groups of destinations, by name.")]
    public IDictionary<string, ClusterOptions> Clusters { get; set; } =
        new Dictionary<string, ClusterOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How the log looks, and where it goes besides standard output.</summary>
    /// <remarks>For the executable: an application that embeds the proxy has a log of its own.</remarks>
    [JsonInclude, Description("How the log looks, and where it goes besides standard output.")]
    internal LogOptions Log { get; set; } = new();

    /// <summary>The receivers of a message when something changes.</summary>
    [Description("The receivers of a message when something changes.")]
    public NotifyOptions Notify { get; set; } = new();

    /// <summary>Where it is kept which destinations operators have taken out, and who else knows it.</summary>
    [Description("Where it is kept which destinations operators have taken out, and who else knows it.")]
    public MaintenanceOptions Maintenance { get; set; } = new();

    /// <summary>The folder of the configuration file: what relative paths in it are relative to. Empty: the working directory.</summary>
    internal string Folder { get; set; } = "";
}
