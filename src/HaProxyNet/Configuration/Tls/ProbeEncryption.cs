using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;

namespace HaProxyNet.Configuration.Tls;

/// <summary>
/// The terms on which probes speak TLS of their own: where connections of clients have none of ours, or another port is asked. Pure.
/// </summary>
internal static class ProbeEncryption
{
    /// <summary>What Health says of TLS, as a TLS client's settings; null: no probe of the cluster needs terms of its own.</summary>
    public static ClusterTlsOptions? Of(ClusterOptions cluster)
    {
        var health = cluster.Health;
        return IsNeeded(cluster)
            ? new()
            {
                Enabled = true,
                ServerName = health.Host,
                CaPath = health.CaPath,
                Thumbprints = health.Thumbprints,
                Verify = health.Verify,
                Certificate = health.Certificate,
            }
            : null;
    }

    /// <summary>Whether probes that speak TLS do so as connections of clients do.</summary>
    public static bool TakesTermsOfTheCluster(ClusterOptions cluster) => cluster.Tls.Enabled && cluster.Health.Port is null;

    /// <summary>Whether any probe of a cluster speaks TLS, its drill's among them.</summary>
    public static bool SpeaksTls(this HealthOptions options)
        => options.SpeaksTls(options.Method) || options.SpeaksTls(options.Drill.Method);

    private static bool IsNeeded(ClusterOptions cluster) => cluster.Health.SpeaksTls() && !TakesTermsOfTheCluster(cluster);
}
