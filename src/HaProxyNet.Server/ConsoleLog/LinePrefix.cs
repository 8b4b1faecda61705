using System.Globalization;
using System.Text;

namespace HaProxyNet.Server.ConsoleLog;

/// <summary>The parts of a line that do not change from message to message.</summary>
internal static class LinePrefix
{
    /// <summary>As UTF-8, for a level, category and event.</summary>
    public static byte[] Of(LineFormat format, LogLevel level, string category, EventId id)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"{category}[{id.Id}]");
        return Encoding.UTF8.GetBytes(format is LineFormat.Systemd ? $"<{Priority(level)}>{source} " : $" {Name(level)}: {source} ");
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    // syslog(3): 2 critical, 3 error, 4 warning, 6 informational, 7 debug.
    private static int Priority(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => 7,
        LogLevel.Information => 6,
        LogLevel.Warning => 4,
        LogLevel.Error => 3,
        _ => 2,
    };
}
