using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Transport;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Writes fields as members of a JSON object that has begun.</summary>
internal readonly struct JsonFields(RecordBuffer buffer) : IFieldWriter
{
    public bool WantsEverything => true;

    public void Add(ReadOnlySpan<byte> name, string value)
    {
        Begin(name);
        JsonText.AddQuoted(buffer, value);
    }

    public void Add(ReadOnlySpan<byte> name, long value)
    {
        Begin(name);
        buffer.AddValue(value);
    }

    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value)
    {
        Begin(name);
        buffer.AddValue(value);
    }

    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value) => AddQuoted(name, value);

    public void Add(ReadOnlySpan<byte> name, PeerAddress value) => AddQuoted(name, value);

    private void AddQuoted<T>(ReadOnlySpan<byte> name, T value)
        where T : struct, IUtf8SpanFormattable
    {
        Begin(name);
        buffer.Add("\""u8);
        buffer.AddValue(value);
        buffer.Add("\""u8);
    }

    /// <summary>Asks for room once: a line has twenty of these.</summary>
    private void Begin(ReadOnlySpan<byte> name)
    {
        var length = ",\"\":"u8.Length + name.Length;
        if (buffer.Room(length) is { IsEmpty: false } room)
        {
            (room[0], room[1]) = ((byte)',', (byte)'"');
            name.CopyTo(room[2..]);
            (room[length - 2], room[length - 1]) = ((byte)'"', (byte)':');
            buffer.Advance(length);
        }
    }
}
