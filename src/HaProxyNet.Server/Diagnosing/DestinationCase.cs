using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.ProxyProtocol;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>One destination, and what the configuration expects of it.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="Destination">The destination's name in it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="IsPassthrough">Whether clients' TLS reaches it: it then shows its certificate to them.</param>
/// <param name="IsEncrypted">Whether the proxy speaks TLS to it.</param>
/// <param name="ServerName">The name that it is asked for in the handshake.</param>
/// <param name="ClientNames">The names that clients hold its certificate against, under passthrough.</param>
/// <param name="ConnectTimeout">How long a connect may take.</param>
/// <param name="HandshakeTimeout">How long a handshake may take.</param>
internal sealed record DestinationCase(
    string Cluster,
    string Destination,
    DestinationAddress Address,
    bool IsPassthrough,
    bool IsEncrypted,
    string ServerName,
    IReadOnlyList<string> ClientNames,
    TimeSpan ConnectTimeout,
    TimeSpan HandshakeTimeout)
{
    /// <summary>Where the listeners listen whose connections it is given.</summary>
    public IReadOnlyList<(string Name, IPEndPoint At)> Listeners { get; init; } = [];

    /// <summary>The PROXY header that goes before the handshake; empty: the destination expects none.</summary>
    public ReadOnlyMemory<byte> Header { get; init; }

    /// <summary>The probes that ask it more than whether it accepts.</summary>
    public IReadOnlyList<ProbeCase> Probes { get; init; } = [];

    public string Name => $"{Cluster}/{Destination}";

    /// <summary>Whether TLS is spoken on its port at all.</summary>
    public bool SpeaksTls => IsPassthrough || IsEncrypted;

    /// <summary>All destinations of a valid configuration, in its order.</summary>
    public static IReadOnlyList<DestinationCase> Of(ProxyOptions options)
        => [.. options.Clusters.SelectMany(
            cluster => cluster.Value.Destinations.Select(destination => Of(options, cluster.Key, cluster.Value, destination)))];

    private static DestinationCase Of(ProxyOptions options, string name, ClusterOptions cluster, DestinationOptions destination)
    {
        var address = DestinationAddress.Parse(destination.Address);
        var passing =
            options.Listeners.Values.Where(listener => listener.Tls.Mode is TlsMode.Passthrough && Leads(listener, name)).ToList();
        var asked = passing.SelectMany(listener => NamesOf(listener, name)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        string[] inOrder = [destination.TlsServerName, cluster.Tls.ServerName, asked.FirstOrDefault() ?? "", address.Host];
        return new(
            name,
            destination.Name,
            address,
            passing.Count > 0,
            cluster.Tls.Enabled,
            HostName.WithoutDot(inOrder.First(candidate => candidate.Length > 0)),
            asked,
            cluster.ConnectTimeout,
            cluster.Tls.HandshakeTimeout)
        {
            Header = OutgoingHeader.Own(cluster.SendProxyProtocol),
            Listeners = [.. options.Listeners
                .Where(l => Leads(l.Value, name))
                .Select(l => (l.Key, ListenEndPoint.Parse(l.Value.Endpoint)))],
            Probes = ProbeCase.Of(cluster, address),
        };
    }

    private static bool Leads(ListenerOptions listener, string cluster)
        => Same(listener.Cluster, cluster) || listener.Routes.Any(route => Same(route.Cluster, cluster));

    /// <summary>
    /// The names that clients use: of routes their own, for the listener's cluster the FQDN. A wildcard stands for no name in particular.
    /// </summary>
    private static IEnumerable<string> NamesOf(ListenerOptions listener, string cluster)
        => listener.Routes.Where(route => Same(route.Cluster, cluster)).Select(route => route.ServerName)
            .Concat(Same(listener.Cluster, cluster) ? [listener.Tls.ServerName] : [])
            .Where(name => name.Length > 0 && !name.StartsWith('*'));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
