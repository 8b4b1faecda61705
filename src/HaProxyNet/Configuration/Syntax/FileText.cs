using System.Text;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>
/// The text of a configuration file. A named pipe or a device in its place neither blocks nor fills the memory; bytes that are no text are
/// a fault with their place, and never replaced in silence.
/// </summary>
internal static class FileText
{
    /// <summary>Some 50,000 clusters; what is larger was named by mistake.</summary>
    public const int Largest = 32 << 20;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="problem">What is wrong with its content; null when it was read.</param>
    /// <exception cref="IOException">It cannot be read; the message says why.</exception>
    public static string? Read(string path, out string? problem)
    {
        var content = Bytes(path, out problem);
        return content is null ? null : Decode(content, out problem);
    }

    /// <summary>The content of a regular file; null, and why, where it is none or too large.</summary>
    public static byte[]? Bytes(string path, out string? problem) => RegularFile.Read(path, Largest, out problem);

    private static string? Decode(byte[] content, out string? problem)
    {
        problem = null;
        var (encoding, mark) = EncodingOf(content);
        try
        {
            return encoding.GetString(content.AsSpan(mark));
        }
        catch (DecoderFallbackException) when (encoding is UTF8Encoding)
        {
            var line = content.AsSpan(0, FirstInvalid(content)).Count((byte)'\n') + 1;
            problem = $"line {line} holds bytes that are not UTF-8; save the file as UTF-8";
        }
        catch (DecoderFallbackException)
        {
            problem = $"it holds bytes that are not {encoding.WebName.ToUpperInvariant()}; save the file as UTF-8";
        }

        return null;
    }

    /// <summary>
    /// A mark at the start wins; its length is told. Without one, the first character is ASCII, because it begins an object or a comment.
    /// Each of them throws for what is no text: .NET's own detection of marks replaces it.
    /// </summary>
    private static (Encoding Encoding, int Mark) EncodingOf(byte[] content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8(), 3),
        [0xFF, 0xFE, 0, 0, ..] => (Utf32(isBigEndian: false), 4),
        [0, 0, 0xFE, 0xFF, ..] => (Utf32(isBigEndian: true), 4),
        [0xFF, 0xFE, ..] => (Utf16(isBigEndian: false), 2),
        [0xFE, 0xFF, ..] => (Utf16(isBigEndian: true), 2),
        [0, 0, 0, > 0, ..] => (Utf32(isBigEndian: true), 0),
        [> 0, 0, 0, 0, ..] => (Utf32(isBigEndian: false), 0),
        [0, > 0, 0, > 0, ..] => (Utf16(isBigEndian: true), 0),
        [> 0, 0, > 0, 0, ..] => (Utf16(isBigEndian: false), 0),
        _ => (Utf8(), 0),
    };

    private static UTF8Encoding Utf8() => new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static UnicodeEncoding Utf16(bool isBigEndian) => new(isBigEndian, byteOrderMark: false, throwOnInvalidBytes: true);

    private static UTF32Encoding Utf32(bool isBigEndian) => new(isBigEndian, byteOrderMark: false, throwOnInvalidCharacters: true);

    private static int FirstInvalid(ReadOnlySpan<byte> content)
    {
        var at = 0;
        while (at < content.Length && Rune.DecodeFromUtf8(content[at..], out _, out var length) is System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
