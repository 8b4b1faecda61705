namespace HaProxyNet.Server.Demo;

/// <summary>The demo handles Ctrl-C itself: the client has to stop before the proxy does.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
