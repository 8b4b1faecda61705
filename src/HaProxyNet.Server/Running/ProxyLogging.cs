using Microsoft.Extensions.Logging.Console;

namespace HaProxyNet.Server.Running;

/// <summary>What is logged, and how it looks.</summary>
internal static class ProxyLogging
{
    /// <summary>Lines that wait for a slow console; beyond that lines are dropped, because a lane must never wait for a terminal.</summary>
    private const int LongestQueue = 16_384;

    /// <summary>The framework speaks when something is wrong, the proxy when something happens; the section <c>Logging</c> changes both.</summary>
    public static void Configure(ILoggingBuilder logging, IConfigurationSection settings, Action<ILoggingBuilder> output)
    {
        logging.SetMinimumLevel(LogLevel.Warning);
        logging.AddFilter("HaProxyNet", LogLevel.Information);

        // YARP would say again, in its words, what our own line on a destination's state says.
        logging.AddFilter("Yarp.ReverseProxy.Health", LogLevel.Error);
        logging.AddConfiguration(settings);
        output(logging);
    }

    /// <summary>One line an event, with a time that sorts.</summary>
    public static void ToConsole(ILoggingBuilder logging)
    {
        logging.AddSimpleConsole(format =>
        {
            format.SingleLine = true;
            format.UseUtcTimestamp = true;
            format.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            format.ColorBehavior = LoggerColorBehavior.Default;
        });
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.MaxQueueLength = LongestQueue;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
    }
}
