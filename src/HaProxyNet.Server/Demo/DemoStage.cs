using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
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
internal sealed class DemoStage(DemoEndpoints endpoints, TimeSpan length, DemoEvents events, TimeProvider time) : IAsyncDisposable
{
    private readonly RequestLedger _ledger = new();
    private SimulatedAgent? _primary;
    private SimulatedAgent? _secondary;

    /// <summary>Whether somebody has ended the play.</summary>
    public bool WasEnded { get; private set; }

    /// <summary>What is wrong with the endpoints, before anything is started.</summary>
    public IReadOnlyList<ConfigurationFault> Faults()
    {
        var loaded = DemoConfiguration.Create(endpoints, "127.0.0.1:1", "127.0.0.1:2");
        return loaded.Reading.Options is { } options
            ? [.. EndpointAvailability.Check(options).Select(loaded.InOperatorsWords)]
            : loaded.Reading.Faults;
    }

    /// <summary>
    /// Plays until the time is over, someone presses Ctrl-C or <paramref name="stop"/> says so; every RPC that was begun is waited for.
    /// </summary>
    public async Task<DemoReport> PlayAsync(IDemoView view, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => End(signal, ending));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => End(signal, ending));
        _primary = await AgentAsync("primary");
        _secondary = await AgentAsync("secondary");
        await using var application =
            Proxy(DemoConfiguration.Create(endpoints, _primary.EndPoint.ToString(), _secondary.EndPoint.ToString()));
        await application.StartAsync(CancellationToken.None);

        var proxy = application.Services.GetRequiredService<ListenerDirectory>().All[0].BoundAddress!;
        var cluster = application.Services.GetRequiredService<ClusterDirectory>().All.Single();
        foreach (var admin in application.Urls.Where(url => !url.EndsWith($"//{proxy}", StringComparison.Ordinal)))
        {
            events.Add($"metrics at {admin}/metrics");
        }

        await WarmUp.RunAsync(ending.Token);

        var load = new OpenLoopLoad(
            new SimulatedClient(proxy, time), new OpenLoopLoadOptions { Rate = DemoSettings.Rate, Duration = length }, [_ledger], time);
        var running = load.RunAsync(ending.Token);
        var outages = new OutageScript(_primary, events, time).RunAsync(length, ending.Token);
        await view.ShowAsync(new DemoObserver(load, proxy, cluster, _primary, _secondary, _ledger, events), running, time);
        await running;
        await outages;
        await application.StopAsync(CancellationToken.None);
        WasEnded = ending.IsCancellationRequested;
        return DemoReport.Of(load.Audit(), cluster);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in new[] { _primary, _secondary }.OfType<SimulatedAgent>())
        {
            await agent.DisposeAsync();
        }
    }

    private static void End(PosixSignalContext signal, CancellationTokenSource ending)
    {
        signal.Cancel = true;
        ending.Cancel();
    }

    private async Task<SimulatedAgent> AgentAsync(string name)
    {
        var agent = new SimulatedAgent(new SimulatedAgentOptions { Name = name }, _ledger, time);
        await agent.StartAsync();
        return agent;
    }

    private WebApplication Proxy(LoadedConfiguration loaded) => ProxyApplication.Build(
        loaded,
        logging => logging.AddProvider(events).AddFilter<DemoEvents>("HaProxyNet.Closing", LogLevel.Warning),
        services => services.Replace(ServiceDescriptor.Singleton<IHostLifetime, SilentLifetime>()));
}
