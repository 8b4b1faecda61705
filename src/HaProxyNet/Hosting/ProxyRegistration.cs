using HaProxyNet.Closing;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Connecting;
using HaProxyNet.Control;
using HaProxyNet.Failover;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Failover.Stickiness;
using HaProxyNet.Handshaking;
using HaProxyNet.Health;
using HaProxyNet.Health.Answering;
using HaProxyNet.Health.Names;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Hosting.Embedding;
using HaProxyNet.Hosting.Reloading;
using HaProxyNet.Introducing;
using HaProxyNet.Listening;
using HaProxyNet.Maintaining;
using HaProxyNet.Management;
using HaProxyNet.Management.Control;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.History;
using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Management.Http;
using HaProxyNet.Management.Instruments;
using HaProxyNet.Management.Notifying;
using HaProxyNet.Management.Page;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Management.Scraping;
using HaProxyNet.Management.Tracing;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.State.Yarp;
using HaProxyNet.Telemetry;
using HaProxyNet.Telemetry.Inherited;
using HaProxyNet.Telemetry.Troubles;
using HaProxyNet.Tls.Certificates.Renewal;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Upgrading;
using HaProxyNet.Upgrading.State;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.Hosting;

/// <summary>What the proxy is made of, for a container of services.</summary>
internal static class ProxyRegistration
{
    /// <summary>Adds the proxy of a whole configuration, in which its section has its own name.</summary>
    /// <exception cref="InvalidConfigurationException">The configuration has faults; all of them are in the exception.</exception>
    public static IServiceCollection AddHaProxyNet(
        this IServiceCollection services, IConfiguration configuration, Action<IHaProxyNetBuilder>? configure = null)
    {
        var builder = Add(services, ConfigurationReader.Read(configuration), configuration);
        configure?.Invoke(builder);
        return services;
    }

    /// <summary>Adds the proxy; a reload reads <paramref name="configuration"/> again.</summary>
    public static HaProxyNetBuilder Add(IServiceCollection services, ConfigurationReading reading, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(EndpointMapping)))
        {
            throw new InvalidOperationException(
                "AddHaProxyNet was called twice. One application has one proxy: put all listeners into one section.");
        }

        var options = reading.Options ?? throw new InvalidConfigurationException(reading.Faults);
        var builder = new HaProxyNetBuilder(services);
        services.AddSingleton(builder);
        services.AddSingleton<EndpointMapping>();
        services.AddHostedService(provider => provider.GetRequiredService<EndpointMapping>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.PostConfigure<HostOptions>(host => ShutdownReload.GiveTime(host, options));
        services.AddSingleton<InternalFaults>();
        services.AddSingleton<LogLosses>();
        services.AddMetrics();
        services.AddSingleton<ProxyMetrics>();
        services.AddSingleton<ProxyInstruments>();
        services.AddSingleton<FailoverTracer>();
        services.AddHostedService<Instrumentation>();
        services.AddSingleton<MetricsPublisher>();
        services.AddSingleton<InheritedCounters>();
        services.TryAddSingleton(ServingGate.Opened);
        services.AddSingleton<Succession>();
        services.AddSingleton<ClusterMemory>();
        services.AddSingleton<AdoptedConnections>();
        services.AddSingleton<PredecessorReports>();
        services.AddSingleton<DestinationUse>();
        services.AddSingleton<DrainReport>();
        services.AddSingleton<Handover>();
        services.AddSingleton<IUpgrade>(provider => provider.GetRequiredService<Handover>());
        AddState(services);
        AddConnections(services);
        services.AddSingleton<CertificateStore>();
        services.AddSingleton<IRenewalObserver, CertificateMetrics>();
        services.AddSingleton<CertificateRenewal>();
        services.AddSingleton<ProxyReadiness>();
        services.AddSingleton<StatusReader>();
        AddControl(services, options);
        services.AddHostedService<NameResolution>();
        services.AddHostedService<HealthScheduler>();
        services.AddSingleton<AnswerWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<AnswerWatch>());
        services.AddHostedService(provider => provider.GetRequiredService<ListeningGuard>());
        services.AddHostedService(provider => provider.GetRequiredService<ShutdownDrain>());
        services.AddHostedService(provider => provider.GetRequiredService<CertificateRenewal>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<ConfigurationReloader>(provider, configuration));
        services.AddHostedService(provider => provider.GetRequiredService<ConfigurationReloader>());
        AddReload(services);
        return builder;
    }

    private static void AddState(IServiceCollection services)
    {
        if (!services.Any(service => service.ServiceType == typeof(IProxyStateLookup)))
        {
            // YARP cannot be added twice; an application may have routes of its own.
            services.AddReverseProxy();
        }

        services.AddSingleton<KnownAddresses>();
        services.AddSingleton<ClusterDirectory>();
        services.AddSingleton<ProxyConfigProvider>();
        services.AddSingleton<IProxyConfigProvider>(provider => provider.GetRequiredService<ProxyConfigProvider>());
        services.AddSingleton<IAvailableDestinationsPolicy, FailoverDestinationsPolicy>();
        services.AddSingleton<IClusterChangeListener, ClusterBinding>();
        services.AddSingleton<NameResolver>();
        services.AddSingleton<LookupThreads>();
        services.TryAddSingleton<INameLookup, SystemNameLookup>();
        services.AddSingleton<OwnPace>();
        services.AddSingleton<Prober>();
        services.AddSingleton<Recovery>();
        services.AddSingleton<Drill>();
        services.AddSingleton<CandidatePublisher>();
        services.AddSingleton<SessionCutter>();
        services.AddSingleton<FailoverDirector>();
        services.AddSingleton<IFailoverControl>(provider => provider.GetRequiredService<FailoverDirector>());
        services.AddSingleton<HealthReporter>();
    }

    /// <summary>The parts of a reload, in the order in which they are put into service.</summary>
    private static void AddReload(IServiceCollection services)
    {
        services.AddSingleton<ConfigurationInForce>();
        services.AddSingleton<ListeningGuard>();
        services.AddSingleton<ShutdownDrain>();
        services.AddSingleton(provider => new SocketConnectionContextFactory(
            new SocketConnectionFactoryOptions(), provider.GetRequiredService<ILogger<AdminSocket>>()));
        services.AddSingleton<HeldAddresses>();
        services.AddSingleton<AdminReload>();
        services.AddSingleton<IConnectionListenerFactory>(provider => provider.GetRequiredService<AdminReload>());
        services.AddSingleton<IReloadPart, CertificateReload>();
        services.AddSingleton<IReloadPart, ClusterReload>();
        services.AddSingleton<IReloadPart, ListenerReload>();
        services.AddSingleton<IReloadPart>(provider => provider.GetRequiredService<AdminReload>());
        services.AddSingleton<IReloadPart, ShutdownReload>();
    }

    private static void AddControl(IServiceCollection services, ProxyOptions options)
    {
        services.AddSingleton<EventJournal>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<EventJournal>());
        services.AddLogging(EventJournal.Configure);
        if (options.Notify.Webhooks.Count > 0)
        {
            services.AddHostedService<Notifier>();
        }

        services.AddSingleton<SessionReader>();
        services.AddSingleton<AdminDocuments>();
        services.AddSingleton(new StateFile(RuntimePlaces.StateFile(options.Admin.StateFile)));
        services.AddSingleton<OperatorMemory>();
        services.AddMaintenance(options);
        services.AddSingleton<ControlChanges>();
        services.AddSingleton<ControlCommands>();
        services.AddSingleton<ControlConversation>();
        services.AddHostedService<OperatorRestoration>();
        if (options.Maintenance.IsShared)
        {
            services.AddHostedService<MaintenanceSync>();
        }

        services.AddSingleton<StickyFile>();
        services.AddHostedService<StickyKeeper>();
        AddHistory(services);
        services.AddSingleton<RecentFigures>();
        services.AddSingleton<PageReader>();
        services.AddSingleton<PageFeed>();
        services.AddSingleton<ControlServer>();
        services.AddHostedService(provider => provider.GetRequiredService<ControlServer>());
    }

    /// <summary>After the operators' decisions, whose file says where the history is.</summary>
    private static void AddHistory(IServiceCollection services)
    {
        services.AddSingleton<TroubleFeed>();
        services.AddSingleton<HistoryInbox>();
        services.AddSingleton<HistoryPlace>();
        services.AddSingleton<HistoryLog>();
        services.AddSingleton<HistoryReading>();
        services.AddSingleton<HistoryEndpoint>();
        services.AddSingleton<FigureSampler>();
        services.AddSingleton<HealthNotes>();
        services.AddSingleton<HistoryKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<HistoryKeeper>());
        services.AddSingleton<CounterFile>();
        services.AddHostedService<CounterKeeper>();
    }

    private static void AddConnections(IServiceCollection services)
    {
        services.AddSingleton<ListenerDirectory>();
        services.AddSingleton<ListeningGuard>();
        services.AddSingleton<OwnAddresses>();
        services.AddSingleton<LoopDetector>();
        services.AddSingleton<HeaderTrouble>();
        services.AddSingleton<HeaderReceiver>();
        services.AddSingleton<HelloPeek>();
        services.AddSingleton<ITlsEngine, ChosenTlsEngine>();
        services.AddSingleton<Terminator>();
        services.AddSingleton<DestinationTerms>();
        services.AddSingleton<DestinationHandshake>();
        services.AddSingleton<OwnTrouble>();
        services.AddSingleton<LoopBreaker>();
        services.AddSingleton<Connector>();
        services.AddSingleton<ConnectionCloser>();
        services.AddSingleton<OpenConnectionLines>();
        services.AddForwarding();
        services.AddSingleton<ConnectionLife>();
        services.AddSingleton(EngineChoice.Create);
        services.AddSingleton<AcceptingPlaces>();

        // Kestrel adds its own transport only where there is none; the application's HTTP endpoints need it next to ours.
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, SocketTransportFactory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConnectionListenerFactory, ProxyTransportFactory>());
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();
    }
}
