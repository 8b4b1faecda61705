using System.ComponentModel;
using System.Text.Json.Serialization;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.Clusters;

/// <summary>One agent: where a connection may be sent.</summary>
public sealed class DestinationOptions
{
    /// <summary>The name in logs, metrics and commands; unique in its cluster.</summary>
    [JsonRequired, Description("The name in logs, metrics and commands; unique in its cluster.")]
    public string Name { get; set; } = "";

    /// <summary>Host name or IP address, and port: <c>iqs1.corp.example:5050</c>, <c>10.0.0.4:5050</c>, <c>[fd00::4]:5050</c>.</summary>
    [JsonRequired, Description("Host name or IP address, and port, such as iqs1.corp.example:5050 or [fd00::4]:5050.")]
    public string Address { get; set; } = "";

    /// <summary>
    /// Destinations of a lower number are used first; those of the same number are equal. Without any number, the order of the list is the
    /// order of preference with <see cref="SelectionPolicy.PrimaryPreferred"/>, and all are equal with the other policies.
    /// </summary>
    [AtLeast(0), Description(
        "Destinations of a lower number are used first, those of the same number are equal; without any, the order of the list decides.")]
    public int? Priority { get; set; }

    /// <summary>
    /// The name that this destination alone is asked for and its certificate is checked against, in place of the cluster's
    /// <c>Tls.ServerName</c>.
    /// </summary>
    [Description(
        "The name that this destination is asked for and its certificate is checked against, in place of the cluster's Tls.ServerName.")]
    public string TlsServerName { get; set; } = "";
}
