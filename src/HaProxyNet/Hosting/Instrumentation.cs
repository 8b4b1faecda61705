using HaProxyNet.Management.Instruments;
using HaProxyNet.Management.Tracing;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>
/// Makes the instruments and the traces at the start: a listener of <c>System.Diagnostics</c> finds what exists, and creates nothing.
/// </summary>
/// <param name="instruments">Exist from now on.</param>
/// <param name="tracer">Exists from now on.</param>
internal sealed class Instrumentation(ProxyInstruments instruments, FailoverTracer tracer) : IHostedService
{
    /// <summary>A proxy that is not for clients shows nothing.</summary>
    public static void LeaveOut(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(Instrumentation)));
        services.AddSingleton(new ProxyMetrics());
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(instruments);
        GC.KeepAlive(tracer);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
