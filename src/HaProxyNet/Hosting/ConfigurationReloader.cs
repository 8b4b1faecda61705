using HaProxyNet.Configuration;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace HaProxyNet.Hosting;

/// <summary>
/// Takes over a changed configuration while connections go on: clusters and destinations at once; listeners and the admin endpoint keep what
/// they started with. A faulty configuration changes nothing.
/// </summary>
internal sealed partial class ConfigurationReloader(
    IConfiguration configuration,
    ProxyConfigProvider provider,
    ClusterDirectory clusters,
    CertificateRenewal certificates,
    HealthReporter health,
    OperatorMemory memory,
    ProxyMetrics metrics,
    InternalFaults internalFaults,
    TimeProvider time,
    ILogger<ConfigurationReloader> logger)
    : IHostedService, IDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = ChangeToken.OnChange(
            configuration.GetReloadToken, () => internalFaults.Contain(FaultPlace.Reload, static reloader => reloader.Reload(), this));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();

    private void Reload()
    {
        lock (_gate)
        {
            var reading = ConfigurationReader.Read(configuration);
            if (reading.Options is { } options)
            {
                certificates.Apply(options);
                provider.Apply(options);
                memory.Restore();
                foreach (var cluster in clusters.All)
                {
                    health.Reconsider(cluster);
                }

                metrics.Reloads.WithLabels("success").Inc();
                metrics.LastReload.Set(time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
                LogReloaded();
                return;
            }

            metrics.Reloads.WithLabels("failure").Inc();
            foreach (var fault in reading.Faults)
            {
                LogFault(fault.ToString());
            }

            LogKept();
        }
    }

    [LoggerMessage(EventIds.ConfigurationReloaded, LogLevel.Information, "Configuration reloaded.")]
    private partial void LogReloaded();

    [LoggerMessage(EventIds.ConfigurationFault, LogLevel.Error, "{Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(EventIds.ConfigurationKept, LogLevel.Warning, "The changed configuration has faults; the one before stays in force.")]
    private partial void LogKept();
}
