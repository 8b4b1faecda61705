namespace HaProxyNet.Configuration;

/// <summary>The read-only HTTP endpoint for metrics, health and status.</summary>
public sealed class AdminOptions
{
    /// <summary>IP address and port; loopback unless told. Empty turns the endpoint off.</summary>
    public string Endpoint { get; set; } = "127.0.0.1:9090";
}
