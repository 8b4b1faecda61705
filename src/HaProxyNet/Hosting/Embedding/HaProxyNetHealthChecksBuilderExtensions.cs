using HaProxyNet.Hosting.Embedding;
using HaProxyNet.Management;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes the proxy's readiness one of the application's health checks.</summary>
public static class HaProxyNetHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy when the proxy can serve a connection on every listener: the same answer as <c>/readyz</c>. It only
    /// reads state, so it may be asked often.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="name">The name of the check; default: <c>haproxynet</c>.</param>
    public static IHealthChecksBuilder AddHaProxyNet(this IHealthChecksBuilder builder, string name = "haproxynet")
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, provider => new ReadinessCheck(provider.GetRequiredService<ProxyReadiness>()), failureStatus: null, tags: ["ready"]));
    }
}
