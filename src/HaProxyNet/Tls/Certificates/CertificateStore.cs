using System.Collections.Frozen;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Encryption;
using HaProxyNet.Hosting;

namespace HaProxyNet.Tls.Certificates;

/// <summary>
/// The certificates of all listeners that terminate TLS, and of all clusters to which the proxy speaks it. Look-ups are for once a listener
/// or a cluster, not for once a connection: what is found stays the same object, and its content is swapped.
/// </summary>
internal sealed class CertificateStore
{
    private readonly FrozenDictionary<string, ListenerCertificates> _listeners;
    private readonly TimeProvider _time;
    private FrozenDictionary<string, ClusterCertificates> _clusters;

    /// <summary>Loads all.</summary>
    /// <exception cref="InvalidConfigurationException">A certificate cannot be loaded; all faults are in the exception.</exception>
    public CertificateStore(ProxyOptions options, TimeProvider time)
    {
        _time = time;
        _listeners = options.Listeners.Where(l => l.Value.Tls.Mode is TlsMode.Terminate).ToFrozenDictionary(
            l => l.Key,
            l => new ListenerCertificates(l.Key, l.Value.Tls, options.Folder, time),
            StringComparer.OrdinalIgnoreCase);
        _clusters = FrozenDictionary<string, ClusterCertificates>.Empty;
        _clusters = Clusters(options);
        var faults = All.SelectMany(certificates => certificates.Renew() ?? []).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidConfigurationException(faults);
        }
    }

    /// <summary>The listeners' certificates.</summary>
    public IEnumerable<ListenerCertificates> Listeners => _listeners.Values;

    /// <summary>The clusters' certificates.</summary>
    public IEnumerable<ClusterCertificates> ClustersNow => Volatile.Read(ref _clusters).Values;

    /// <summary>All that can be renewed.</summary>
    public IEnumerable<RenewableCertificates> All => [.. Listeners, .. ClustersNow];

    /// <summary>The certificates that destinations have shown.</summary>
    public DestinationCertificates Destinations { get; } = new();

    /// <summary>The certificates of a listener with Mode Terminate.</summary>
    /// <exception cref="KeyNotFoundException">The listener did not terminate TLS when the proxy started.</exception>
    public ListenerCertificates Listener(string name) => _listeners[name];

    /// <summary>The certificates of a cluster; null while its Tls is not enabled.</summary>
    public ClusterCertificates? Cluster(string name) => Volatile.Read(ref _clusters).GetValueOrDefault(name);

    /// <summary>
    /// Takes over where certificates are from now on; the caller renews them. Listeners are those of the start. One caller at a time.
    /// </summary>
    public void Configure(ProxyOptions options)
    {
        foreach (var certificates in _listeners.Values)
        {
            if (options.Listeners.TryGetValue(certificates.Name, out var listener) && listener.Tls.Mode is TlsMode.Terminate)
            {
                certificates.Configure(listener.Tls, options.Folder);
            }
        }

        Volatile.Write(ref _clusters, Clusters(options));
        Destinations.Keep((cluster, destination) => options.Clusters.TryGetValue(cluster, out var configured)
            && configured.Destinations.Any(d => d.Name.Equals(destination, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>A cluster that stays keeps its object, and what it had loaded.</summary>
    private FrozenDictionary<string, ClusterCertificates> Clusters(ProxyOptions options)
    {
        var clusters = new Dictionary<string, ClusterCertificates>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, cluster) in options.Clusters.Where(c => c.Value.Tls.Enabled))
        {
            var certificates = _clusters.GetValueOrDefault(name) ?? new ClusterCertificates(name, cluster.Tls, options.Folder, _time);
            certificates.Configure(cluster.Tls, options.Folder);
            clusters[name] = certificates;
        }

        return clusters.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
