using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Validation;

/// <summary>What Health says of certificates can have an effect, and fits together.</summary>
internal sealed class ProbeEncryptionValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (clusterPath, _, cluster) in context.Clusters)
        {
            var (path, health) = (clusterPath.Child(nameof(ClusterOptions.Health)), cluster.Health);
            CheckUnused(path, cluster, context.Faults);
            ThumbprintsCheck.Check(path.Child(nameof(HealthOptions.Thumbprints)), health.Thumbprints, context.Faults);
        }
    }

    private static void CheckUnused(SettingPath path, ClusterOptions cluster, FaultCollector faults)
    {
        var health = cluster.Health;
        if (!health.SpeaksTls())
        {
            Warn($"with Method {health.Method}", "Method Tls or StatusServer, or Http or Ldap over TLS");
        }
        else if (ProbeEncryption.TakesTermsOfTheCluster(cluster))
        {
            Warn("because at the own port probes verify as connections do, by Tls of the cluster", "a Port, or nothing");
        }
        else if (!health.Verify)
        {
            UnusedSetting.Warn(path, "as long as Verify is false", "Verify true", faults, Authorities(health), Thumbprints(health));
        }

        void Warn(string when, string allowed) => UnusedSetting.Warn(
            path,
            when,
            allowed,
            faults,
            (nameof(HealthOptions.Verify), !health.Verify),
            Authorities(health),
            Thumbprints(health),
            (nameof(HealthOptions.Certificate), health.Certificate.IsGiven));
    }

    private static (string, bool) Authorities(HealthOptions health) => (nameof(HealthOptions.CaPath), health.CaPath.Length > 0);

    private static (string, bool) Thumbprints(HealthOptions health) => (nameof(HealthOptions.Thumbprints), health.Thumbprints.Count > 0);
}
