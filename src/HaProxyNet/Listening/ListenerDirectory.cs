using HaProxyNet.Admission;
using HaProxyNet.Configuration;
using HaProxyNet.State;

namespace HaProxyNet.Listening;

/// <summary>The listeners by name. They are fixed from start to stop: a changed endpoint takes a restart.</summary>
internal sealed class ListenerDirectory
{
    private readonly Listener[] _listeners;

    /// <summary>Creates the listeners of a configuration that was found valid.</summary>
    public ListenerDirectory(ProxyOptions options, ClusterDirectory clusters)
        => _listeners = [.. options.Listeners.Select((l, index) => new Listener(
            l.Key,
            index,
            ListenEndPoint.Parse(l.Value.Endpoint),
            clusters.Find(l.Value.Cluster)!,
            new AdmissionRules(AllowedClients.Parse(l.Value.AllowedClients), l.Value.MaxConnections),
            l.Value.ConnectOn is ConnectOn.FirstByte ? l.Value.FirstByteTimeout : null))];

    /// <summary>All listeners, each at its <see cref="Listener.Index"/>.</summary>
    public IReadOnlyList<Listener> All => _listeners;

    /// <summary>Finds a listener.</summary>
    /// <exception cref="KeyNotFoundException">No listener has this name.</exception>
    public Listener Find(string name)
        => Array.Find(_listeners, l => l.Name == name) ?? throw new KeyNotFoundException($"No listener is named '{name}'.");
}
