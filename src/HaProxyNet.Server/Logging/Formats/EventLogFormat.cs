using System.Buffers.Binary;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>A level, a number and a text an event, for the event log of Windows.</summary>
internal sealed class EventLogFormat : RecordFormat
{
    public override bool WantsFields => false;

    public override byte[] PrefixOf(LogLevel level, string category, EventId id)
    {
        var prefix = new byte[1 + sizeof(int)];
        prefix[0] = (byte)level;
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(1), id.Id);
        return prefix;
    }

    public override void Write(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in LoggedEvent logged)
    {
        buffer.Add(prefix);
        buffer.Add(logged.Message);
    }

    public override void WriteLine<T>(RecordBuffer buffer, DateTimeOffset now, ReadOnlySpan<byte> prefix, in T line)
    {
        buffer.Add(prefix);
        AddText(buffer, line);
    }
}
