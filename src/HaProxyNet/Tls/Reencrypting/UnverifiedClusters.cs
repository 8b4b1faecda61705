using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>Says at the start, so that it cannot be missed, where certificates of destinations are not verified.</summary>
internal sealed partial class UnverifiedClusters(ProxyOptions options, ILogger<UnverifiedClusters> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, _) in options.Clusters.Where(c => c.Value.Tls is { Enabled: true, Verify: false }))
        {
            LogUnverified(name);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(EventIds.CertificatesNotVerified, LogLevel.Warning,
        "CERTIFICATES ARE NOT VERIFIED: cluster {Cluster} has Tls.Verify false, so anyone between this proxy and its destinations can read and change "
        + "everything, passwords included. Set CaPath or Thumbprints, and Verify to true.")]
    private partial void LogUnverified(string cluster);
}
