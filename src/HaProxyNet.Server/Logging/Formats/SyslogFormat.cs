using System.Globalization;
using System.Text;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>A message of RFC 5424 an event: its values are structured data, the text follows them.</summary>
internal sealed class SyslogFormat(SyslogOptions options) : RecordFormat
{
    /// <summary>The enterprise number that RFC 5612 keeps for examples: this project has none.</summary>
    private const string Element = "[haproxynet@32473";

    /// <summary>The header between the time and the structured data is the same in every message.</summary>
    private readonly string _sender = string.Create(
        CultureInfo.InvariantCulture,
        $" {Name(options.HostName, Environment.MachineName)} {Name(options.AppName, "haproxynet")} {Environment.ProcessId} ");

    public override bool WantsFields => true;

    /// <summary>Both sides of the time, with a zero between them.</summary>
    public override byte[] PrefixOf(LogLevel level, string category, EventId id)
    {
        var priority = ((int)options.Facility * 8) + Severity.Priority(level);
        return Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"<{priority}>1 \0{_sender}{id.Id} {Element} category=\"{category}\""));
    }

    public override void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        Begin(buffer, now, prefix);
        var fields = new SyslogFields(buffer);
        if (logged.Fields is not null)
        {
            EventFields.WriteTo(logged.Fields, ref fields);
        }

        buffer.Add("] "u8);
        if (!Ascii.IsValid(logged.Message))
        {
            buffer.Add(Encoding.UTF8.Preamble);
        }

        var text = buffer.Mark;
        buffer.Add(logged.Message);
        if (logged.Exception is { } exception)
        {
            buffer.Add(" "u8);
            buffer.Add(exception.ToString());
        }

        Clean(buffer.Since(text));
    }

    public override void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
    {
        Begin(buffer, now, prefix);
        var fields = new SyslogFields(buffer);
        line.WriteTo(ref fields);
        buffer.Add("] "u8);
        var text = buffer.Mark;
        AddText(buffer, line);
        Clean(buffer.Since(text));
    }

    private static void Begin(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix)
    {
        var time = prefix.IndexOf((byte)0);
        buffer.Add(prefix[..time]);
        buffer.AddTime(now);
        buffer.Add(prefix[(time + 1)..]);
    }

    /// <summary>What RFC 5424 allows in a header, which has a dash for nothing.</summary>
    private static string Name(string configured, string usual)
    {
        var name = configured.Length > 0 ? configured : usual;
        return name.Length > 0 && name.All(c => c is > ' ' and <= '~') ? name : "-";
    }
}
