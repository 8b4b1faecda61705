using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Tls;

/// <summary>
/// Where a certificate is, is said once and completely. Whether it is there is looked at elsewhere: that takes reading files.
/// </summary>
internal sealed class CertificatePlaceValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (listenerPath, _, listener) in context.Listeners)
        {
            var path = listenerPath.Child(nameof(ListenerOptions.Tls));
            Check(path.Child(nameof(ListenerTlsOptions.Certificate)), listener.Tls.Certificate, context.Faults);
            for (var i = 0; i < listener.Tls.Certificates.Count; i++)
            {
                var element = path.Child(nameof(ListenerTlsOptions.Certificates)).Element(i);
                if (!listener.Tls.Certificates[i].IsGiven)
                {
                    context.Faults.Add(element, "names no certificate", "a Path, or on Windows a Subject or a Thumbprint");
                }

                Check(element, listener.Tls.Certificates[i], context.Faults);
            }
        }

        foreach (var (clusterPath, _, cluster) in context.Clusters)
        {
            Check(
                clusterPath.Child(nameof(ClusterOptions.Tls)).Child(nameof(ClusterTlsOptions.Certificate)),
                cluster.Tls.Certificate,
                context.Faults);
            Check(
                clusterPath.Child(nameof(ClusterOptions.Health)).Child(nameof(HealthOptions.Certificate)), cluster.Health.Certificate,
                context.Faults);
        }
    }

    private static void Check(SettingPath path, CertificateOptions options, FaultCollector faults)
    {
        if (options.KeyPath.Length > 0 && options.Path.Length == 0)
        {
            faults.Add(
                path.Child(nameof(CertificateOptions.Path)),
                "is missing, and KeyPath is given",
                "the PEM file with the certificate and its chain");
        }

        if (options.Path.Length > 0)
        {
            UnusedSetting.Warn(
                path,
                "next to Path",
                "either a file or the store",
                faults,
                (nameof(CertificateOptions.Subject), options.Subject.Length > 0),
                (nameof(CertificateOptions.Thumbprint), options.Thumbprint.Length > 0));
        }

        if (options.Thumbprint.Length > 0 && !Thumbprint.IsValid(options.Thumbprint, Thumbprint.Sha1Length))
        {
            faults.Add(
                path.Child(nameof(CertificateOptions.Thumbprint)),
                $"'{options.Thumbprint}' is not a SHA-1 thumbprint",
                "40 hexadecimal digits, as the Windows console shows them");
        }
    }
}
