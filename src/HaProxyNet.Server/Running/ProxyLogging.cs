using System.Runtime.Versioning;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Syslog;
using HaProxyNet.Server.Systemd;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging.EventLog;

namespace HaProxyNet.Server.Running;

/// <summary>What is logged, and where to.</summary>
internal static class ProxyLogging
{
    /// <summary>
    /// The framework speaks when something is wrong, the proxy when something happens; the section <c>Logging</c> changes both.
    /// </summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration settings, Action<ILoggingBuilder> output)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("HaProxyNet", LogLevel.Information);

        // YARP would say again, in its words, what our own line on a destination's state says.
        logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        if (OperatingSystem.IsWindows())
        {
            // The host adds it to a service. It is for administrators: a line a connection would bury what they look for.
            logging.AddFilter<EventLogLoggerProvider>("HaProxyNet", LogLevel.Warning);
        }

        logging.AddConfiguration(settings);
        output(logging);
    }

    /// <summary>
    /// The outputs that the configuration names. By factories, so that the container owns them: what is logged last is written when the
    /// application is disposed.
    /// </summary>
    public static void ToOutputs(ILoggingBuilder logging, ProxyOptions options)
    {
        var services = logging.Services;
        var style = JournalStream.IsOutput ? TextStyle.Systemd : TextStyle.Timestamped;
        services.AddSingleton(provider => MainLogProvider.Open(
            options.Log.Format, style, Console.OpenStandardOutput, Journal.DefaultPath, TimeProvider.System,
            provider.GetRequiredService<LogLosses>()));
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<MainLogProvider>());
        if (SyslogAddress.TryParse(options.Log.Syslog.Address, out var address, out _))
        {
            services.AddSingleton<ILoggerProvider>(provider => Syslog(options, address, provider));
        }

        if (options.Log.EventLog && OperatingSystem.IsWindows())
        {
            AddEventLog(services);
        }
    }

    [SupportedOSPlatform("windows")]
    private static void AddEventLog(IServiceCollection services)
        => services.AddSingleton<ILoggerProvider>(
            static provider => new EventLogProvider(TimeProvider.System, provider.GetRequiredService<LogLosses>()));

    /// <summary>What happens to it is logged to the first output: it may be what cannot be reached.</summary>
    private static SyslogLogProvider Syslog(ProxyOptions options, SyslogAddress address, IServiceProvider provider)
    {
        var syslog = options.Log.Syslog;
        var server = new SyslogConnect(address, syslog.CaPath.Length > 0 ? Path.Combine(options.Folder, syslog.CaPath) : "");
        var own = provider.GetRequiredService<MainLogProvider>().CreateLogger(typeof(SyslogLogProvider).FullName!);
        return new SyslogLogProvider(syslog, server, own, TimeProvider.System, provider.GetRequiredService<LogLosses>());
    }
}
