using System.Runtime.InteropServices;
using HaProxyNet.Configuration;
using HaProxyNet.Listening;
using HaProxyNet.Server.Running;
using HaProxyNet.Simulator.Agents;
using HaProxyNet.Simulator.Clients;
using HaProxyNet.Simulator.Load;
using HaProxyNet.State;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HaProxyNet.Server.Demo;

/// <summary>
/// Agents, proxy and client of the demo. The proxy is the real one, with real sockets; only its <c>DownInterval</c> is shorter, so that a
/// viewer does not have to wait for each failback.
/// </summary>
internal sealed class DemoStage : IAsyncDisposable
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(250);

    private readonly DemoSettings _settings;
    private readonly DemoEvents _events;
    private readonly TimeProvider _time;
    private readonly RequestLedger _ledger = new();
    private readonly SimulatedAgent _primary;
    private readonly SimulatedAgent _secondary;

    public DemoStage(DemoSettings settings, DemoEvents events, TimeProvider time)
    {
        (_settings, _events, _time) = (settings, events, time);
        _primary = new SimulatedAgent(new SimulatedAgentOptions { Name = "primary" }, _ledger, time);
        _secondary = new SimulatedAgent(new SimulatedAgentOptions { Name = "secondary" }, _ledger, time);
        Faults = DemoConfiguration.Create(settings, "127.0.0.1:1", "127.0.0.1:2").Reading.Faults;
    }

    /// <summary>What is wrong with the settings.</summary>
    public IReadOnlyList<ConfigurationFault> Faults { get; }

    /// <summary>What is shown.</summary>
    public static string Title => $"HaProxyNet demo: {DemoSettings.Rate} RPC/s; the primary stops accepting and comes back, again and again";

    /// <summary>Plays until the duration is over or someone presses Ctrl-C; every RPC that was begun is waited for.</summary>
    public async Task<DemoReport> PlayAsync(IDemoView view)
    {
        await _primary.StartAsync();
        await _secondary.StartAsync();
        var loaded = DemoConfiguration.Create(_settings, _primary.EndPoint.ToString(), _secondary.EndPoint.ToString());
        await using var application = ProxyApplication.Build(
            loaded,
            loaded.Reading.Options!,
            logging => logging.AddProvider(_events).AddFilter<DemoEvents>("HaProxyNet.Closing", LogLevel.Warning),
            services => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoSignals>()));
        await application.StartAsync();
        await WarmUp.RunAsync();

        var listener = application.Services.GetRequiredService<ListenerDirectory>().All[0];
        var cluster = application.Services.GetRequiredService<ClusterDirectory>().All.Single();
        var length = _settings.Duration ?? DemoSettings.Longest;
        var load = new OpenLoopLoad(
            new SimulatedClient(listener.BoundAddress!, _time),
            new OpenLoopLoadOptions { Rate = DemoSettings.Rate, Duration = length },
            [_ledger],
            _time);

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        var outages = new OutageScript(_primary, _events, _time).RunAsync(length, stop.Token);
        var running = load.RunAsync(stop.Token);
        var observer = new DemoObserver(load, cluster, _primary, _secondary, _events);
        await view.ShowAsync(observer, running, _look, _time);
        await running;
        await outages;
        view.End(observer.Look());
        var report = DemoReport.Of(load.Audit(), cluster);
        await application.StopAsync();
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _primary.DisposeAsync();
        await _secondary.DisposeAsync();
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}
