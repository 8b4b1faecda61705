using System.Globalization;
using HaProxyNet.Listening;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Options;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Keeps the service manager informed: ready, reloading, stopping, who is active, and that the lanes live. It is the .NET host's notifier
/// without its look at the parent's name, which a hardened unit hides.
/// </summary>
internal sealed partial class ServiceNotifier(
    NotifyEnvironment environment,
    NotifySocket socket,
    TransportEngine engine,
    ClusterDirectory clusters,
    ListenerDirectory listeners,
    ConfigurationInForce configuration,
    IHostApplicationLifetime lifetime,
    IOptions<HostOptions> host,
    Succession succession,
    InternalFaults faults,
    TimeProvider time,
    ILogger<ServiceNotifier> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>The active destination is shown as old as this at most.</summary>
    private static readonly TimeSpan _longestBeat = TimeSpan.FromSeconds(2);

    /// <summary>The manager's patience ends some time after the host's.</summary>
    private static readonly TimeSpan _reserve = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private LanePulse? _pulse;
    private ITimer? _beat;
    private CancellationTokenRegistration _stopping;
    private string _status = "";
    private bool _isHangLogged;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (socket.IsWanted)
        {
            _stopping = lifetime.ApplicationStopping.Register(OnStopping);
            succession.When(OnSucceededAsync);
        }

        return Task.CompletedTask;
    }

    /// <summary>Every listener is bound: clients can come.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (socket.IsWanted)
        {
            _pulse = new LanePulse(engine.Lanes, OnAllAlive);
            var beat = environment.Watchdog is { } watchdog && watchdog / 4 < _longestBeat ? watchdog / 4 : _longestBeat;
            _status = CurrentStatus();
            socket.Send("READY=1", "STATUS=" + _status);
            _beat = time.CreateTimer(static notifier => ((ServiceNotifier)notifier!).OnBeat(), this, beat, beat);
        }

        return Task.CompletedTask;
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Another process is the service from now on: this one says that, and nothing more.</summary>
    private Task OnSucceededAsync(int process)
    {
        _stopping.Unregister();
        _beat?.Dispose();
        socket.Send(string.Create(CultureInfo.InvariantCulture, $"MAINPID={process}"));
        return Task.CompletedTask;
    }

    /// <summary>A reload has begun.</summary>
    public void OnReloading() => socket.Send(
        "RELOADING=1", string.Create(CultureInfo.InvariantCulture, $"MONOTONIC_USEC={(long)time.GetElapsedTime(0).TotalMicroseconds}"));

    /// <summary>A reload has ended, whatever came of it.</summary>
    public void OnReloaded() => socket.Send("READY=1");

    public void Dispose()
    {
        _beat?.Dispose();
        _stopping.Dispose();
        socket.Dispose();
    }

    /// <summary>The drain may take longer than the manager's usual patience (TimeoutStopSec): it is told how long.</summary>
    private void OnStopping() => socket.Send(
        "STOPPING=1",
        "STATUS=" + CurrentStatus(),
        string.Create(
            CultureInfo.InvariantCulture, $"EXTEND_TIMEOUT_USEC={(long)(host.Value.ShutdownTimeout + _reserve).TotalMicroseconds}"));

    private void OnBeat() => faults.Contain(FaultPlace.Background, static notifier => notifier.Beat(), this);

    private void Beat()
    {
        lock (_gate)
        {
            var status = CurrentStatus();
            if (status != _status)
            {
                _status = status;
                socket.Send("STATUS=" + status);
            }

            if (environment.Watchdog is { } watchdog && _pulse is { } pulse)
            {
                Report(pulse.Missing, watchdog);
                pulse.Ask();
            }
        }
    }

    private void OnAllAlive()
    {
        socket.Send("WATCHDOG=1");
        if (Interlocked.Exchange(ref _isHangLogged, false))
        {
            LogAlive();
        }
    }

    private void Report(IReadOnlyList<int> hanging, TimeSpan watchdog)
    {
        if (hanging.Count > 0 && !Interlocked.Exchange(ref _isHangLogged, true))
        {
            LogHanging(string.Join(", ", hanging), engine.Lanes.Count, watchdog.TotalSeconds);
        }
    }

    private string CurrentStatus() => lifetime.ApplicationStopping.IsCancellationRequested
        ? StatusText.Draining(listeners.Known.Sum(listener => listener.Open))
        : StatusText.Serving(
            [.. clusters.All.Select(cluster => (cluster.Name, cluster.Active.Current?.Name))],
            configuration.LastReload is { IsTakenOver: false });

    [LoggerMessage(EventIds.LaneHangs, LogLevel.Error,
        "Lane {Lanes} of {Count} (counted from 0) does not answer. If it stays so, the service manager ends the proxy {Seconds} s after "
            + "the last sign of life (WatchdogSec).")]
    private partial void LogHanging(string lanes, int count, double seconds);

    [LoggerMessage(EventIds.LanesAlive, LogLevel.Warning, "Every lane answers again; the service manager's watchdog has its sign of life.")]
    private partial void LogAlive();
}
