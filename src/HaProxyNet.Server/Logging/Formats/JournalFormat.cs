using System.Globalization;
using System.Text;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>An entry of journald's own protocol an event: its text, and every value as a field.</summary>
internal sealed class JournalFormat : RecordFormat
{
    public override bool WantsFields => true;

    public override byte[] PrefixOf(LogLevel level, string category, EventId id) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"PRIORITY={Severity.Priority(level)}\nSYSLOG_IDENTIFIER=haproxynet\nHAPROXYNET_EVENT={id.Id}\nHAPROXYNET_CATEGORY="
            + $"{category.ReplaceLineEndings(" ")}\nMESSAGE"));

    public override void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        buffer.Add(prefix);
        var text = buffer.Mark;
        JournalFields.AddText(buffer, logged.Message.ReplaceLineEndings(" "));
        Clean(TextOf(buffer, text));
        var fields = new JournalFields(buffer);
        if (logged.Fields is not null)
        {
            EventFields.WriteTo(logged.Fields, ref fields);
        }

        if (logged.Exception is { } exception)
        {
            fields.Add("exception"u8, exception.ToString());
        }
    }

    public override void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
    {
        buffer.Add(prefix);
        buffer.Add("="u8);
        var text = buffer.Mark;
        AddText(buffer, line);
        Clean(buffer.Since(text));
        buffer.Add("\n"u8);
        var fields = new JournalFields(buffer);
        line.WriteTo(ref fields);
    }

    /// <summary>Without the end of the line.</summary>
    private static Span<byte> TextOf(RecordBuffer buffer, int mark) => buffer.Since(mark) is { IsEmpty: false } text ? text[..^1] : [];
}
