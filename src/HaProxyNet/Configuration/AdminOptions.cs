using System.ComponentModel;

namespace HaProxyNet.Configuration;

/// <summary>The read-only HTTP endpoint for metrics, health and status.</summary>
public sealed class AdminOptions
{
    /// <summary>IP address and port; loopback unless told. Empty turns the endpoint off.</summary>
    [Description("IP address and port of the read-only HTTP endpoint for metrics, health and status. Empty turns it off.")]
    public string Endpoint { get; set; } = "127.0.0.1:9090";
}
