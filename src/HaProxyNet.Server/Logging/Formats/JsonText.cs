using System.Buffers;
using HaProxyNet.Server.Logging.Records;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>Strings of JSON.</summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> _special =
        SearchValues.Create([.. Enumerable.Range(0, 32).Select(b => (byte)b), (byte)'"', (byte)'\\', 127]);

    /// <summary>Adds a text in quotation marks; what JSON does not allow in it is escaped.</summary>
    public static void AddQuoted(RecordBuffer buffer, ReadOnlySpan<char> text)
    {
        buffer.Add("\""u8);
        var mark = buffer.Mark;
        buffer.Add(text);
        if (buffer.Since(mark) is var raw && raw.ContainsAny(_special))
        {
            byte[] copy = [.. raw];
            buffer.Advance(-copy.Length);
            AddEscaped(buffer, copy);
        }

        buffer.Add("\""u8);
    }

    private static void AddEscaped(RecordBuffer buffer, ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOfAny(_special); at >= 0; at = text.IndexOfAny(_special))
        {
            buffer.Add(text[..at]);
            buffer.Add(Escape(text[at]));
            text = text[(at + 1)..];
        }

        buffer.Add(text);
    }

    private static ReadOnlySpan<byte> Escape(byte special) => special switch
    {
        (byte)'"' => "\\\""u8,
        (byte)'\\' => "\\\\"u8,
        (byte)'\n' => "\\n"u8,
        (byte)'\r' => "\\r"u8,
        (byte)'\t' => "\\t"u8,
        _ => new byte[] { (byte)'\\', (byte)'u', (byte)'0', (byte)'0', Digit(special >> 4), Digit(special & 15) },
    };

    private static byte Digit(int value) => (byte)"0123456789abcdef"[value];
}
