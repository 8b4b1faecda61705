using System.Buffers.Binary;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Transport;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Writes fields as journald's own protocol has them: <c>HAPROXYNET_NAME=value</c>, each on a line.</summary>
internal readonly struct JournalFields(RecordBuffer buffer) : IFieldWriter
{
    /// <summary>What is longer is cut, and says so: an entry must not take the queue's room from hundreds of others.</summary>
    private const int LongestText = 256 * 1024;

    public bool WantsEverything => true;

    public void Add(ReadOnlySpan<byte> name, string value)
    {
        AddName(name);
        AddText(buffer, value);
    }

    public void Add(ReadOnlySpan<byte> name, long value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, PeerAddress value) => AddValue(name, value);

    /// <summary>Adds the value of a field whose name was added: behind =, or behind its length where it has more than one line.</summary>
    public static void AddText(RecordBuffer buffer, string value)
    {
        var isCut = value.Length > LongestText;
        var text = isCut ? $"{value.AsSpan(0, LongestText)}… (cut)" : value;
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            buffer.Add("="u8);
            buffer.Add(text);
            buffer.Add("\n"u8);
            return;
        }

        buffer.Add("\n"u8);
        var length = buffer.Mark;
        buffer.Add(stackalloc byte[sizeof(ulong)]);
        var begin = buffer.Mark;
        buffer.Add(text);
        if (buffer.Since(length) is { Length: >= sizeof(ulong) } written)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(written, (ulong)(buffer.Mark - begin));
        }

        buffer.Add("\n"u8);
    }

    private void AddValue<T>(ReadOnlySpan<byte> name, T value)
        where T : IUtf8SpanFormattable
    {
        AddName(name);
        buffer.Add("="u8);
        buffer.AddValue(value);
        buffer.Add("\n"u8);
    }

    private void AddName(ReadOnlySpan<byte> name)
    {
        buffer.Add("HAPROXYNET_"u8);
        var mark = buffer.Mark;
        buffer.Add(name);
        foreach (ref var letter in buffer.Since(mark))
        {
            letter = letter is >= (byte)'a' and <= (byte)'z' ? (byte)(letter - 32) : letter;
        }
    }
}
