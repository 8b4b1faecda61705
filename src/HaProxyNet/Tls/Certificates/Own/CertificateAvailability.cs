using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Tls.Certificates.Own;

/// <summary>
/// Whether the certificates of a valid configuration can be loaded on this machine now, and what is to be said about them.
/// </summary>
internal static class CertificateAvailability
{
    /// <summary>Loads each certificate once and throws it away.</summary>
    /// <param name="options">A configuration that was found valid.</param>
    /// <param name="time">Judges how long they hold.</param>
    public static CertificateFindings Check(ProxyOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var (faults, warnings) = (new List<ConfigurationFault>(), new List<ConfigurationFault>());
        var all = Of(options, time).ToList();
        foreach (var certificates in all)
        {
            IReadOnlyList<ConfigurationFault> found = certificates.Renew() ?? [];
            faults.AddRange(found);
            if (found.Count == 0)
            {
                warnings.AddRange(certificates.Warnings(time.GetUtcNow()));
            }
        }

        return new CertificateFindings(faults, warnings) { Listeners = [.. all.OfType<ListenerCertificates>()] };
    }

    private static IEnumerable<RenewableCertificates> Of(ProxyOptions options, TimeProvider time) =>
    [
        .. options.Listeners
        .Where(l => l.Value.Tls.Mode is TlsMode.Terminate)
        .Select(l => new ListenerCertificates(l.Key, l.Value.Tls, options.Folder, time)),
        .. ClusterCertificates.OfConnections(options, time),
        .. ClusterCertificates.OfProbes(options, time),
    ];
}
