using HaProxyNet.Management;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HaProxyNet.Hosting.Embedding;

/// <summary>The proxy's readiness as a health check.</summary>
internal sealed class ReadinessCheck(ProxyReadiness readiness) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var obstacles = readiness.Obstacles();
        return Task.FromResult(obstacles.Count == 0
            ? HealthCheckResult.Healthy("every listener can serve")
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", obstacles)));
    }
}
