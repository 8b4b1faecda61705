using System.Globalization;
using System.Text;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>A line of text an event.</summary>
internal sealed class TextFormat(TextStyle style) : RecordFormat
{
    public override bool WantsFields => false;

    public override byte[] PrefixOf(LogLevel level, string category, EventId id)
    {
        var source = string.Create(CultureInfo.InvariantCulture, $"{category}[{id.Id}]");
        return Encoding.UTF8.GetBytes(style is TextStyle.Systemd
            ? $"<{Severity.Priority(level)}>{source} "
            : $" {Severity.Name(level)}: {source} ");
    }

    public override void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        var text = Begin(buffer, now, prefix);
        buffer.Add(logged.Message);
        if (logged.Exception is { } exception)
        {
            buffer.Add(" "u8);
            buffer.Add(exception.ToString());
        }

        End(buffer, text);
    }

    public override void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
    {
        var text = Begin(buffer, now, prefix);
        AddText(buffer, line);
        End(buffer, text);
    }

    private int Begin(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix)
    {
        if (style is TextStyle.Timestamped)
        {
            buffer.AddTime(now);
        }

        buffer.Add(prefix);
        return buffer.Mark;
    }

    private static void End(RecordBuffer buffer, int text)
    {
        Clean(buffer.Since(text));
        buffer.Add("\n"u8);
    }
}
