using HaProxyNet.Admission;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Encryption;
using HaProxyNet.State;

namespace HaProxyNet.Listening;

/// <summary>The listeners by name. They are fixed from start to stop: a changed endpoint takes a restart.</summary>
internal sealed class ListenerDirectory
{
    private readonly Listener[] _listeners;

    /// <summary>Creates the listeners of a configuration that was found valid.</summary>
    public ListenerDirectory(ProxyOptions options, ClusterDirectory clusters)
        => _listeners = [.. options.Listeners.Select((l, index) => Create(l.Key, index, l.Value, clusters))];

    /// <summary>All listeners, each at its <see cref="Listener.Index"/>.</summary>
    public IReadOnlyList<Listener> All => _listeners;

    /// <summary>Finds a listener.</summary>
    /// <exception cref="KeyNotFoundException">No listener has this name.</exception>
    public Listener Find(string name)
        => Array.Find(_listeners, l => l.Name == name) ?? throw new KeyNotFoundException($"No listener is named '{name}'.");

    private static Listener Create(string name, int index, ListenerOptions options, ClusterDirectory clusters) => new(
        name,
        index,
        ListenEndPoint.Parse(options.Endpoint),
        clusters.Find(options.Cluster),
        new AdmissionRules(AllowedClients.Parse(options.AllowedClients), options.MaxConnections),
        options.ConnectOn is ConnectOn.FirstByte ? options.FirstByteTimeout : null,
        [.. options.Routes.Select(r => (r.ServerName, clusters.Find(r.Cluster)!))])
    {
        HelloTimeout = options.Tls.Mode is TlsMode.Passthrough || (options.Routes.Count > 0 && options.Tls.Mode is not TlsMode.Terminate) ? options.Tls.HelloTimeout : null,
    };
}
