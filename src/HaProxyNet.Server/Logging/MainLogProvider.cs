using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Logging;

/// <summary>
/// The log's first output: standard output as text or JSON, or journald. Without journald's socket it is the text, and says so once.
/// </summary>
internal sealed partial class MainLogProvider : QueueLogProvider
{
    private MainLogProvider(LogQueue queue)
        : base(queue)
    {
    }

    /// <summary>Opens it.</summary>
    /// <param name="format">How it looks.</param>
    /// <param name="style">How text looks.</param>
    /// <param name="standardOutput">Opens standard output.</param>
    /// <param name="journal">Where journald listens.</param>
    /// <param name="time">The clock.</param>
    /// <param name="losses">Counts what is lost.</param>
    public static MainLogProvider Open(
        LogFormat format,
        TextStyle style,
        Func<Stream> standardOutput,
        string journal,
        TimeProvider time,
        LogLosses losses)
    {
        if (format is LogFormat.Journal && Journal.IsThere(journal))
        {
            // Nobody can be told that journald is away: it is the log. The metrics count, and the first entry after it says how many were
            // lost.
            var output = new DatagramOutput(
                LogOutput.Journal,
                () => Journal.Connect(journal),
                Journal.LongestEntry,
                new OutputState(static _ => { }, static () => { }),
                time,
                Journal.Large);
            return new(new LogQueue(output, new JournalFormat(), time, losses));
        }

        RecordFormat lines = format is LogFormat.Json ? new JsonFormat() : new TextFormat(style);
        var provider = new MainLogProvider(new LogQueue(new StreamOutput(standardOutput()), lines, time, losses));
        if (format is LogFormat.Journal)
        {
            LogNoJournal(provider.CreateLogger(typeof(MainLogProvider).FullName!), journal);
        }

        return provider;
    }

    [LoggerMessage(EventIds.JournalMissing, LogLevel.Warning,
        "Log.Format is Journal, and journald does not listen at {Path}: the log goes to standard output as text. Start the proxy on a "
            + "system with systemd, or set Text or Json.")]
    private static partial void LogNoJournal(ILogger logger, string path);
}
