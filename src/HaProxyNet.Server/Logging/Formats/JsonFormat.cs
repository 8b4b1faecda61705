using System.Globalization;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>A JSON object an event, one a line.</summary>
internal sealed class JsonFormat : RecordFormat
{
    public override bool WantsFields => true;

    public override byte[] PrefixOf(LogLevel level, string category, EventId id)
    {
        var prefix = new RecordBuffer(capacity: 4096);
        prefix.Add(string.Create(CultureInfo.InvariantCulture, $"\",\"level\":\"{Severity.Word(level)}\",\"category\":"));
        JsonText.AddQuoted(prefix, category);
        prefix.Add(string.Create(CultureInfo.InvariantCulture, $",\"event\":{id.Id},\"message\":"));
        return [.. prefix.Since(0)];
    }

    public override void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        Begin(buffer, now, prefix, logged.Message);
        var fields = new JsonFields(buffer);
        if (logged.Fields is not null)
        {
            EventFields.WriteTo(logged.Fields, ref fields);
        }

        if (logged.Exception is { } exception)
        {
            fields.Add("exception"u8, exception.ToString());
        }

        buffer.Add("}\n"u8);
    }

    public override void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
    {
        Begin(buffer, now, prefix, line.Headline);
        var fields = new JsonFields(buffer);
        line.WriteTo(ref fields);
        buffer.Add("}\n"u8);
    }

    private static void Begin(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, string message)
    {
        buffer.Add("{\"time\":\""u8);
        buffer.AddTime(now);
        buffer.Add(prefix);
        JsonText.AddQuoted(buffer, message);
    }
}
