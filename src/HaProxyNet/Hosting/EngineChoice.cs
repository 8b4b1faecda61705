using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>Chooses the engine: the one that was asked for, or the best that this system allows.</summary>
internal static partial class EngineChoice
{
    public static TransportEngine Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<ProxyOptions>();
        var time = services.GetRequiredService<TimeProvider>();
        var faults = new ReportedLaneFaults(services.GetRequiredService<InternalFaults>());
        var logger = services.GetRequiredService<ILogger<TransportEngine>>();
        var inherited = services.GetService<InheritedSockets>();
        if (options.Engine is not EngineKind.Managed && OperatingSystem.IsLinux())
        {
            try
            {
                var threads = options.Threads > 0 ? options.Threads : Environment.ProcessorCount;
                return new ReactorEngine(threads, time, faults, services.GetRequiredService<ILogger<ReactorEngine>>(), inherited);
            }
            catch (SocketException fault)
            {
                LogFallback(logger, fault.Message);
            }
        }
        else if (options.Engine is EngineKind.Reactor)
        {
            LogFallback(logger, "it needs Linux");
        }

        return new ManagedEngine(time, faults, services.GetRequiredService<ILogger<ManagedEngine>>(), inherited);
    }

    [LoggerMessage(EventIds.EngineFallback, LogLevel.Warning,
        "The Reactor engine cannot run here ({Reason}); the Managed engine serves instead.")]
    private static partial void LogFallback(ILogger logger, string reason);
}
