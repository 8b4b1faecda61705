using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Tls;

/// <summary>What a cluster says of TLS fits together. That certificates are not verified is said in words that cannot be missed.</summary>
internal sealed class ClusterTlsValidator : IOptionsValidator
{
    private static readonly ClusterTlsOptions _untouched = new();

    public void Validate(ValidationContext context)
    {
        foreach (var (clusterPath, _, cluster) in context.Clusters)
        {
            var path = clusterPath.Child(nameof(ClusterOptions.Tls));
            CheckUnused(path, cluster.Tls, context.Faults);
            CheckNames(path, cluster.Tls, context.Faults);
            if (cluster.Tls is { Enabled: true, Verify: false })
            {
                context.Faults.Warn(
                    path.Child(nameof(ClusterTlsOptions.Verify)),
                    "is false: the destinations' certificates are NOT VERIFIED, and anyone in between can read and change everything",
                    "true with CaPath (your own authority) or Thumbprints (single certificates)");
            }

            foreach (var (destinationPath, destination) in ValidationContext.Destinations(clusterPath, cluster))
            {
                CheckName(destinationPath.Child(nameof(DestinationOptions.TlsServerName)), destination.TlsServerName, context.Faults);
            }
        }
    }

    private static void CheckUnused(SettingPath path, ClusterTlsOptions tls, FaultCollector faults)
    {
        if (!tls.Enabled)
        {
            UnusedSetting.Warn(
                path,
                "as long as Enabled is false",
                "Enabled true",
                faults,
                (nameof(ClusterTlsOptions.ServerName), tls.ServerName.Length > 0),
                (nameof(ClusterTlsOptions.CaPath), tls.CaPath.Length > 0),
                (nameof(ClusterTlsOptions.Thumbprints), tls.Thumbprints.Count > 0),
                (nameof(ClusterTlsOptions.Verify), !tls.Verify),
                (nameof(ClusterTlsOptions.Certificate), tls.Certificate.IsGiven),
                (nameof(ClusterTlsOptions.MinVersion), tls.MinVersion != _untouched.MinVersion),
                (nameof(ClusterTlsOptions.HandshakeTimeout), tls.HandshakeTimeout != _untouched.HandshakeTimeout));
        }
        else if (!tls.Verify)
        {
            UnusedSetting.Warn(
                path,
                "as long as Verify is false",
                "Verify true",
                faults,
                (nameof(ClusterTlsOptions.CaPath), tls.CaPath.Length > 0),
                (nameof(ClusterTlsOptions.Thumbprints), tls.Thumbprints.Count > 0));
        }
    }

    private static void CheckNames(SettingPath path, ClusterTlsOptions tls, FaultCollector faults)
    {
        CheckName(path.Child(nameof(ClusterTlsOptions.ServerName)), tls.ServerName, faults);
        ThumbprintsCheck.Check(path.Child(nameof(ClusterTlsOptions.Thumbprints)), tls.Thumbprints, faults);
    }

    private static void CheckName(SettingPath path, string name, FaultCollector faults)
    {
        if (name.Length > 0 && !ListenerTlsValidator.IsName(name))
        {
            faults.Add(path, $"'{name}' is not a host name", "the name in the destination's certificate, such as iqservice.corp.example");
        }
    }
}
