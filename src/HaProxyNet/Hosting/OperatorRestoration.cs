using HaProxyNet.Failover.Operators;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Hosting;

/// <summary>
/// Sets what operators had set before the restart, before the listeners open: a drained destination gets no connection in between.
/// </summary>
internal sealed class OperatorRestoration(OperatorMemory memory) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        memory.Load();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
