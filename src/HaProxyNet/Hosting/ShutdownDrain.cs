using HaProxyNet.Connections;
using HaProxyNet.Forwarding;
using HaProxyNet.Hosting.Reloading;
using HaProxyNet.Listening;
using HaProxyNet.Management;
using HaProxyNet.Reloading;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>
/// What SIGTERM does: say so at /readyz and serve on for <c>ShutdownDelay</c>, stop accepting, wait for open connections, reset the rest.
/// The admin endpoint is let go with the listeners, so that the next process can have it; commands are answered to the end. It runs before
/// Kestrel stops.
/// </summary>
internal sealed partial class ShutdownDrain(
    ConfigurationInForce configuration, ConfigurationReloader reloader, ListenerDirectory listeners, AdminReload admin,
    HttpFront front, TransportEngine engine, ProxyReadiness readiness, Succession succession, TimeProvider time,
    ILogger<ShutdownDrain> logger)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a client of HTTP may be silent between two requests. Longer is safer, but the next process waits for it.</summary>
    private static readonly TimeSpan _quietHttp = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _now = new();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        foreach (var listener in listeners.All)
        {
            LogListening(listener.Name, listener.BoundAddress, string.Join(", ", listener.Plan.Clusters.Select(c => c.Name)), engine.Name);
        }

        return Task.CompletedTask;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.IsDraining = true;
        front.BeginEnd();
        if (!succession.HasHappened)
        {
            await ServeOnAsync(configuration.Now.ShutdownDelay, cancellationToken);
        }

        await reloader.EndAsync();
        await admin.LetGoAsync();
        await Task.WhenAll(listeners.All.Select(l => l.Socket).OfType<ListeningSocket>().Select(s => s.StopAsync()));
        var open = OpenConnections;
        if (open == 0)
        {
            return;
        }

        var longest = configuration.Now.ShutdownTimeout;
        LogDraining(open, longest.TotalSeconds);
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _now.Token);
        var answering = front.DrainAsync(_quietHttp, soon.Token);
        await WaitUntilIdleAsync(longest, soon.Token);
        var cut = OpenConnections;
        await ResetAsync(ConnectionOutcome.DrainDeadline);
        await soon.CancelAsync();
        await answering;
        LogDrained(open - cut, cut);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _now.Dispose();

    /// <summary>Ends the waiting: an operator has asked a second time. What is open is reset.</summary>
    public void Hasten()
    {
        if (readiness.IsDraining && !_now.IsCancellationRequested)
        {
            LogHastened();
            _now.Cancel();
        }
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private int OpenConnections => listeners.Known.Sum(l => l.Open);

    private async Task WaitUntilIdleAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (OpenConnections > 0 && time.GetElapsedTime(began) < longest && !cancellation.IsCancellationRequested)
        {
            await Task.Delay(_look, time, CancellationToken.None);
        }
    }

    /// <summary>The address is still ours: what stands before this proxy sees /readyz and goes elsewhere first.</summary>
    private async Task ServeOnAsync(TimeSpan delay, CancellationToken cancellation)
    {
        if (delay > TimeSpan.Zero)
        {
            LogServingOn(delay.TotalSeconds);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _now.Token);
            await Task.Delay(delay, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ResetAsync(ConnectionOutcome outcome)
    {
        foreach (var connection in await engine.ConnectionsAsync())
        {
            connection.Lane.RequestAbort(connection, outcome);
        }

        // Each of them now ends by itself; what is waited for is its log line and its counters.
        await WaitUntilIdleAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
    }

    [LoggerMessage(EventIds.Listening, LogLevel.Information,
        "Listener {Listener} accepts on {Address} for cluster {Cluster}; engine {Engine}.")]
    private partial void LogListening(string listener, System.Net.IPEndPoint? address, string cluster, string engine);

    [LoggerMessage(EventIds.ServingOn, LogLevel.Information,
        "Shutting down: /readyz says 503, and clients are served for {Seconds} s more (ShutdownDelay).")]
    private partial void LogServingOn(double seconds);

    [LoggerMessage(EventIds.DrainHastened, LogLevel.Warning, "A second signal: the drain ends now, and what is open is reset.")]
    private partial void LogHastened();

    [LoggerMessage(EventIds.DrainStarted, LogLevel.Information,
        "Draining: no new connections; {Open} open ones have {Seconds} s to end.")]
    private partial void LogDraining(int open, double seconds);

    [LoggerMessage(EventIds.DrainEnded, LogLevel.Information, "Drained: {Ended} connections ended by themselves, {Cut} were reset.")]
    private partial void LogDrained(int ended, int cut);
}
