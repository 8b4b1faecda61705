using System.Buffers;
using HaProxyNet.Lines;
using HaProxyNet.Server.Logging.Records;
using HaProxyNet.Transport;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Writes fields as parameters of a structured-data element of RFC 5424 that has begun.</summary>
internal readonly struct SyslogFields(RecordBuffer buffer) : IFieldWriter
{
    private static readonly SearchValues<byte> _special = SearchValues.Create("\"\\]"u8);

    public bool WantsEverything => true;

    public void Add(ReadOnlySpan<byte> name, string value)
    {
        Begin(name);
        var mark = buffer.Mark;
        buffer.Add(value);
        var text = buffer.Since(mark);
        foreach (ref var letter in text)
        {
            letter = letter < ' ' ? (byte)' ' : letter;
        }

        if (text.ContainsAny(_special))
        {
            byte[] copy = [.. text];
            buffer.Advance(-copy.Length);
            AddEscaped(copy);
        }

        buffer.Add("\""u8);
    }

    public void Add(ReadOnlySpan<byte> name, long value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value) => AddValue(name, value);

    public void Add(ReadOnlySpan<byte> name, PeerAddress value)
    {
        Begin(name);
        var mark = buffer.Mark;
        buffer.AddValue(value);
        if (buffer.Since(mark) is var text && text.ContainsAny(_special))
        {
            // An IPv6 address has brackets.
            byte[] copy = [.. text];
            buffer.Advance(-copy.Length);
            AddEscaped(copy);
        }

        buffer.Add("\""u8);
    }

    private void AddEscaped(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny(_special); at >= 0; at = text.IndexOfAny(_special))
        {
            buffer.Add(text[..at]);
            buffer.Add("\\"u8);
            buffer.Add(text.Slice(at, 1));
            text = text[(at + 1)..];
        }

        buffer.Add(text);
    }

    private void AddValue<T>(ReadOnlySpan<byte> name, T value)
        where T : IUtf8SpanFormattable
    {
        Begin(name);
        buffer.AddValue(value);
        buffer.Add("\""u8);
    }

    private void Begin(ReadOnlySpan<byte> name)
    {
        buffer.Add(" "u8);
        buffer.Add(name);
        buffer.Add("=\""u8);
    }
}
