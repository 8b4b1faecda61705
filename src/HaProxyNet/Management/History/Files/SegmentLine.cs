using System.Buffers.Text;
using System.Text.Json;
using HaProxyNet.Machine;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Files;

/// <summary>
/// One line of a history file: eight hexadecimal digits of CRC-32C, a space, the record as JSON, a line feed. People can read it with less
/// and grep; a line that was cut or damaged does not match its sum, and the next one starts after the next line feed. Pure.
/// </summary>
internal static class SegmentLine
{
    /// <summary>The first line of every file: what it is, and the version of what follows.</summary>
    public static ReadOnlySpan<byte> Header => "haproxynet-history 1\n"u8;

    /// <summary>What the first line of a file of any version begins with.</summary>
    public static ReadOnlySpan<byte> Family => "haproxynet-history "u8;

    private const int SumLength = 8;

    /// <summary>Writes a record as a line.</summary>
    public static byte[] Encode(HistoryRecord record)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(record, HistoryJson.Default.HistoryRecord);
        var line = new byte[SumLength + 1 + json.Length + 1];
        Utf8Formatter.TryFormat(Crc32C.Of(json), line, out _, new System.Buffers.StandardFormat('x', SumLength));
        line[SumLength] = (byte)' ';
        json.CopyTo(line, SumLength + 1);
        line[^1] = (byte)'\n';
        return line;
    }

    /// <summary>Reads a line, without its line feed; null when it is not what was written.</summary>
    public static HistoryRecord? Decode(ReadOnlySpan<byte> line)
    {
        if (line.Length <= SumLength + 1
            || line[SumLength] != ' '
            || !Utf8Parser.TryParse(line[..SumLength], out uint sum, out var read, 'x')
            || read != SumLength
            || sum != Crc32C.Of(line[(SumLength + 1)..]))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(line[(SumLength + 1)..], HistoryJson.Default.HistoryRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
