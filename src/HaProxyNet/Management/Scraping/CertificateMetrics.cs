using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Management.Scraping;

/// <summary>When every certificate expires, published before each scrape; those that are no longer shown disappear.</summary>
internal sealed class CertificateMetrics : IRenewalObserver
{
    private readonly CertificateStore _store;
    private readonly ProxyMetrics _metrics;
    private HashSet<(string Listener, string Cluster, string Destination, string Subject, string Key)> _published = [];

    public CertificateMetrics(CertificateStore store, ProxyMetrics metrics)
    {
        (_store, _metrics) = (store, metrics);
        metrics.Registry.AddBeforeCollectCallback(Publish);
    }

    /// <inheritdoc/>
    public void Renewed(RenewableCertificates certificates, bool isSuccess) => _metrics.CertificateReloads.WithLabels(
        certificates.IsListener ? certificates.Name : "", certificates.IsListener ? "" : certificates.Name,
        isSuccess ? "success" : "failure").Inc();

    private void Publish()
    {
        var now = Expiries().DistinctBy(e => e.Labels).ToList();
        foreach (var ((listener, cluster, destination, subject, key), notAfter) in now)
        {
            _metrics.CertificateExpiry.WithLabels(listener, cluster, destination, subject, key).Set(notAfter.ToUnixTimeSeconds());
        }

        var labels = now.Select(e => e.Labels).ToHashSet();
        foreach (var (listener, cluster, destination, subject, key) in Interlocked.Exchange(ref _published, labels).Except(labels))
        {
            _metrics.CertificateExpiry.RemoveLabelled(listener, cluster, destination, subject, key);
        }
    }

    private IEnumerable<(
        (string Listener, string Cluster, string Destination, string Subject, string Key) Labels,
        DateTimeOffset NotAfter)> Expiries()
    {
        foreach (var owner in _store.All)
        {
            // Of two with the same name and kind of key, the one that expires first.
            foreach (var certificate in owner.Shown.Select(s => s.Certificate).OrderBy(CertificateFacts.NotAfter))
            {
                yield return ((
                    owner.IsListener ? owner.Name : "",
                    owner.IsListener ? "" : owner.Name,
                    "",
                    CertificateNames.Display(certificate),
                    CertificateFacts.KeyLabel(certificate)), CertificateFacts.NotAfter(certificate));
            }
        }

        foreach (var (cluster, destination, certificate) in _store.Destinations.All)
        {
            yield return (("", cluster, destination, certificate.Subject, certificate.Key), certificate.NotAfter);
        }
    }
}
