using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Renewal;

namespace HaProxyNet.Management.Scraping;

/// <summary>When every certificate expires, published before each scrape; those that are no longer shown disappear.</summary>
internal sealed class CertificateMetrics : IRenewalObserver
{
    private readonly CertificateStore _store;
    private readonly ProxyMetrics _metrics;
    private static readonly string[] _results = [Result(isSuccess: true), Result(isSuccess: false)];
    private HashSet<(string Listener, string Cluster, string Destination, string Subject, string Key)> _published = [];
    private HashSet<(string Listener, string Cluster)> _owners = [];

    public CertificateMetrics(CertificateStore store, ProxyMetrics metrics)
    {
        (_store, _metrics) = (store, metrics);
        metrics.BeforeReading(Publish);
    }

    /// <inheritdoc/>
    public void Renewed(RenewableCertificates certificates, bool isSuccess)
    {
        var (listener, cluster) = LabelsOf(certificates);
        _metrics.CertificateReloads.WithLabels(listener, cluster, Result(isSuccess)).Inc();
    }

    private static string Result(bool isSuccess) => isSuccess ? "success" : "failure";

    private static (string Listener, string Cluster) LabelsOf(RenewableCertificates owner)
        => owner.IsListener ? (owner.Name, "") : ("", owner.Name);

    private void Publish()
    {
        PublishReloads();
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

    /// <summary>
    /// From 0 upwards: an alert on the first failure needs a 0 before it. Those of a listener or cluster without certificates go.
    /// </summary>
    private void PublishReloads()
    {
        var owners = _store.All.Select(LabelsOf).ToHashSet();
        foreach (var (listener, cluster) in owners)
        {
            Array.ForEach(_results, result => _metrics.CertificateReloads.WithLabels(listener, cluster, result).Inc(0));
        }

        foreach (var (listener, cluster) in Interlocked.Exchange(ref _owners, owners).Except(owners))
        {
            Array.ForEach(_results, result => _metrics.CertificateReloads.RemoveLabelled(listener, cluster, result));
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
                var (listener, cluster) = LabelsOf(owner);
                var (subject, key) = (CertificateNames.Display(certificate), CertificateFacts.KeyLabel(certificate));
                yield return ((listener, cluster, "", subject, key), CertificateFacts.NotAfter(certificate));
            }
        }

        foreach (var (cluster, destination, certificate) in _store.Destinations.All)
        {
            yield return (("", cluster, destination, certificate.Subject, certificate.Key), certificate.NotAfter);
        }
    }
}
