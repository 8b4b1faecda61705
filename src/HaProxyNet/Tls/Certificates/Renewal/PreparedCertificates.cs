using System.Collections.Frozen;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;

namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>The certificates of a configuration that is not in force yet. What is the same as before is the same object.</summary>
/// <param name="Options">The configuration.</param>
/// <param name="Listeners">Those of listeners that terminate TLS.</param>
/// <param name="Clusters">Those of clusters that are spoken to with TLS.</param>
/// <param name="Probes">Those of clusters whose probes speak TLS on terms of their own.</param>
/// <param name="New">Those that were loaded for it.</param>
/// <param name="Faults">What cannot be loaded.</param>
internal sealed record PreparedCertificates(
    ProxyOptions Options,
    FrozenDictionary<string, ListenerCertificates> Listeners,
    FrozenDictionary<string, ClusterCertificates> Clusters,
    FrozenDictionary<string, ClusterCertificates> Probes,
    IReadOnlyList<RenewableCertificates> New,
    IReadOnlyList<ConfigurationFault> Faults);
