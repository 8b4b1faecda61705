using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>How an event becomes a record. It adds to the buffer and does not end the record.</summary>
internal abstract class RecordFormat
{
    /// <summary>Whether it writes the values of an event by name.</summary>
    public abstract bool WantsFields { get; }

    /// <summary>What is the same in every record of a level, category and event.</summary>
    public abstract byte[] PrefixOf(LogLevel level, string category, EventId id);

    /// <summary>Writes an event.</summary>
    public abstract void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged);

    /// <summary>Writes a line of a connection.</summary>
    public abstract void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
        where T : struct, IFieldSource;

    /// <summary>Adds the text of a line of a connection.</summary>
    protected static void AddText<T>(RecordBuffer buffer, in T line)
        where T : struct, IFieldSource
    {
        const int UsualLine = 512;
        for (var length = UsualLine; buffer.Room(length) is { IsEmpty: false } room; length *= 4)
        {
            if (FieldText.TryWrite(line, room, out var written))
            {
                buffer.Advance(written);
                return;
            }
        }
    }

    /// <summary>Makes spaces of what would break a line or change a terminal.</summary>
    protected static void Clean(Span<byte> text)
    {
        for (var at = text.IndexOfAnyInRange((byte)0, (byte)31); at >= 0; at = text.IndexOfAnyInRange((byte)0, (byte)31))
        {
            text[at] = (byte)' ';
        }
    }
}
