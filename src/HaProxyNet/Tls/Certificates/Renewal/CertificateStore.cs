using System.Collections.Frozen;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>
/// The certificates of all listeners that terminate TLS, and of all clusters to which the proxy speaks it. Look-ups are for once a listener
/// or a cluster, not for once a connection: what is found stays the same object until its settings change, and its content is swapped.
/// </summary>
internal sealed class CertificateStore
{
    private readonly TimeProvider _time;
    private PreparedCertificates? _inForce;
    private FrozenDictionary<string, ListenerCertificates> _listeners = FrozenDictionary<string, ListenerCertificates>.Empty;
    private FrozenDictionary<string, ClusterCertificates> _clusters = FrozenDictionary<string, ClusterCertificates>.Empty;
    private FrozenDictionary<string, ClusterCertificates> _probes = FrozenDictionary<string, ClusterCertificates>.Empty;

    /// <summary>Loads all.</summary>
    /// <exception cref="InvalidConfigurationException">A certificate cannot be loaded; all faults are in the exception.</exception>
    public CertificateStore(ProxyOptions options, TimeProvider time)
    {
        _time = time;
        var prepared = Prepare(options);
        if (prepared.Faults.Count > 0)
        {
            throw new InvalidConfigurationException(prepared.Faults);
        }

        Take(prepared);
    }

    /// <summary>The listeners' certificates.</summary>
    public IEnumerable<ListenerCertificates> Listeners => Volatile.Read(ref _listeners).Values;

    /// <summary>The clusters' certificates.</summary>
    public IEnumerable<ClusterCertificates> ClustersNow => Volatile.Read(ref _clusters).Values;

    /// <summary>All that can be renewed.</summary>
    public IEnumerable<RenewableCertificates> All => [.. Listeners, .. ClustersNow, .. Volatile.Read(ref _probes).Values];

    /// <summary>The certificates that destinations have shown.</summary>
    public DestinationCertificates Destinations { get; } = new();

    /// <summary>The certificates of a listener with Mode Terminate.</summary>
    /// <exception cref="KeyNotFoundException">The listener does not terminate TLS.</exception>
    public ListenerCertificates Listener(string name) => Volatile.Read(ref _listeners)[name];

    /// <summary>The certificates of a cluster; null while its Tls is not enabled.</summary>
    public ClusterCertificates? Cluster(string name) => Volatile.Read(ref _clusters).GetValueOrDefault(name);

    /// <summary>What the probes of a cluster take and show; null: they speak no TLS, or do so as connections do.</summary>
    public ClusterCertificates? Probes(string name) => Volatile.Read(ref _probes).GetValueOrDefault(name);

    /// <summary>Loads the certificates of a configuration, and changes nothing. What is the same as before stays the same object.</summary>
    public PreparedCertificates Prepare(ProxyOptions options)
    {
        var (added, faults) = (new List<RenewableCertificates>(), new List<ConfigurationFault>());
        var listeners = options.Listeners.Where(l => l.Value.Tls.Mode is TlsMode.Terminate).ToFrozenDictionary(
            l => l.Key,
            l => Load(
                new ListenerCertificates(l.Key, l.Value.Tls, options.Folder, _time), _listeners.GetValueOrDefault(l.Key), added, faults),
            StringComparer.OrdinalIgnoreCase);
        var clusters = ClusterCertificates.OfConnections(options, _time).ToFrozenDictionary(
            c => c.Name, c => Load(c, _clusters.GetValueOrDefault(c.Name), added, faults), StringComparer.OrdinalIgnoreCase);
        var probes = ClusterCertificates.OfProbes(options, _time).ToFrozenDictionary(
            c => c.Name, c => Load(c, _probes.GetValueOrDefault(c.Name), added, faults), StringComparer.OrdinalIgnoreCase);
        return new PreparedCertificates(options, listeners, clusters, probes, added, faults);
    }

    /// <summary>What is in service.</summary>
    public PreparedCertificates InForce => _inForce!;

    /// <summary>Puts what was prepared into service. One caller at a time.</summary>
    public void Take(PreparedCertificates prepared)
    {
        _inForce = prepared with { New = [] };
        Volatile.Write(ref _listeners, prepared.Listeners);
        Volatile.Write(ref _clusters, prepared.Clusters);
        Volatile.Write(ref _probes, prepared.Probes);
        var destinations = prepared.Options.Clusters.ToDictionary(
            c => c.Key,
            c => c.Value.Destinations.Select(d => d.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
        Destinations.Keep((cluster, destination) => destinations.TryGetValue(cluster, out var names) && names.Contains(destination));
    }

    private static T Load<T>(T certificates, T? before, List<RenewableCertificates> added, List<ConfigurationFault> faults)
        where T : RenewableCertificates
    {
        faults.AddRange(certificates.Renew() ?? []);
        if (before is not null && before.HasLoadedTheSameAs(certificates))
        {
            return before;
        }

        added.Add(certificates);
        return certificates;
    }
}
