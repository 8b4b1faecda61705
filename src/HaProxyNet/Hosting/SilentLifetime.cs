using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>A host that is started and stopped by its owner alone: no signal handlers, no lines on the console.</summary>
internal sealed class SilentLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
