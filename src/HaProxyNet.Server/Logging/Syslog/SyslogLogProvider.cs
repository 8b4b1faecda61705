using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging.Formats;
using HaProxyNet.Server.Logging.Outputs;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Server.Logging.Syslog;

/// <summary>
/// The log to a syslog server: every line, besides where it goes otherwise. <c>Logging.Syslog.LogLevel</c> chooses for it alone.
/// </summary>
[ProviderAlias("Syslog")]
internal sealed partial class SyslogLogProvider(
    SyslogOptions options,
    SyslogConnect server,
    ILogger own,
    TimeProvider time,
    LogLosses losses)
    : QueueLogProvider(new LogQueue(Output(server, own, time), new SyslogFormat(options), time, losses))
{
    /// <summary>RFC 5426 asks for 2,048 bytes to be taken, and knows of no limit below that of UDP; common servers take 8 KB.</summary>
    private const int LongestDatagram = 8 * 1024;

    private static IRecordOutput Output(SyslogConnect server, ILogger own, TimeProvider time)
    {
        var state =
            new OutputState(reason => LogAway(own, server.Address.ToString(), reason), () => LogBack(own, server.Address.ToString()));
        return server.Address.Transport is SyslogTransport.Tcp or SyslogTransport.Tls
            ? new SyslogStream(server, state)
            : new DatagramOutput(LogOutput.Syslog, server.Datagrams, LongestDatagram, state, time);
    }

    [LoggerMessage(EventIds.SyslogAway, LogLevel.Warning,
        "The syslog server {Address} takes no log lines: {Reason}. It is tried again; meanwhile its lines are kept as far as there is "
            + "room, and then lost and counted. Connections do not wait for it.")]
    private static partial void LogAway(ILogger logger, string address, string reason);

    [LoggerMessage(EventIds.SyslogBack, LogLevel.Information, "The syslog server {Address} takes log lines again.")]
    private static partial void LogBack(ILogger logger, string address);
}
