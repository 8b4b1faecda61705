namespace HaProxyNet.Configuration;

/// <summary>One address that clients connect to.</summary>
public sealed class ListenerOptions
{
    /// <summary>IP address and port to listen on, such as <c>0.0.0.0:5050</c> or <c>[::]:5050</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The name of the cluster that serves this listener's connections.</summary>
    public string Cluster { get; set; } = "";

    /// <summary>Networks in CIDR form, or single addresses, that may connect. Empty: everyone may.</summary>
    public IList<string> AllowedClients { get; set; } = [];

    /// <summary>Connections open at once before further ones are reset; 1 or more, 20 000 unless told.</summary>
    public int MaxConnections { get; set; } = 20_000;
}
