using System.Diagnostics;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;

namespace HaProxyNet.Server.Diagnosing;

/// <summary>
/// A probe that asks a destination more than whether it accepts: what takes it down while it serves has to be found here.
/// </summary>
/// <param name="Probe">How it asks.</param>
/// <param name="Port">Where.</param>
/// <param name="TakesTermsOfTheCluster">Whether its TLS is that of connections; else what Health says.</param>
/// <param name="Timeout">How long it may take.</param>
/// <param name="Oldest">The oldest version of TLS that is spoken.</param>
internal sealed record ProbeCase(IProbe Probe, int Port, bool TakesTermsOfTheCluster, TimeSpan Timeout, TlsVersion Oldest)
{
    /// <summary>The probe of a cluster and that of its drill, as far as they look beyond the accept.</summary>
    public static IReadOnlyList<ProbeCase> Of(ClusterOptions cluster, DestinationAddress destination)
    {
        var (health, policy) = (cluster.Health, ProbePolicy.From(cluster, Stopwatch.Frequency));
        var methods = new[]
        {
            health.Probe is ProbeMode.Never ? ProbeMethod.HalfOpen : health.Method,
            health.Drill.At.Length > 0 ? health.Drill.Method : ProbeMethod.HalfOpen,
        };
        return [.. methods.Where(method => method.IsBeyondConnect()).Distinct().Select(Case)];

        ProbeCase Case(ProbeMethod method)
        {
            var port = health.Port ?? destination.Port;
            var isLikeConnections = cluster.Tls.Enabled && port == destination.Port;
            return new(
                ProbePolicy.Create(method, health),
                port,
                isLikeConnections,
                isLikeConnections && health.SpeaksTls(method) ? policy.HandshakeTimeout : policy.Timeout,
                isLikeConnections ? cluster.Tls.MinVersion : TlsVersion.Tls12);
        }
    }
}
