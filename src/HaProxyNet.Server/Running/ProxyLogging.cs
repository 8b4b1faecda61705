using HaProxyNet.Server.ConsoleLog;
using HaProxyNet.Server.Systemd;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Server.Running;

/// <summary>What is logged, and how it looks.</summary>
internal static class ProxyLogging
{
    /// <summary>The framework speaks when something is wrong, the proxy when something happens; the section <c>Logging</c> changes both.</summary>
    public static void Configure(ILoggingBuilder logging, IConfiguration settings, Action<ILoggingBuilder> output)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("HaProxyNet", LogLevel.Information);

        // YARP would say again, in its words, what our own line on a destination's state says.
        logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        logging.AddConfiguration(settings);
        output(logging);
    }

    /// <summary>One line an event on standard output; under systemd as the journal wants it.</summary>
    public static void ToConsole(ILoggingBuilder logging)
    {
        var format = JournalStream.IsOutput ? LineFormat.Systemd : LineFormat.Timestamped;

        // By a factory, so that the container owns it: what is logged last is written when the application is disposed.
        logging.Services.AddSingleton<ILoggerProvider>(provider => new ConsoleLogProvider(
            Console.OpenStandardOutput(), format, TimeProvider.System, provider.GetRequiredService<LogLosses>()));
    }
}
