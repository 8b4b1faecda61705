using System.Text;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>The text of a PEM file, however it was saved: Notepad and PowerShell put a mark in front of UTF-8, and write UTF-16.</summary>
internal static class PemText
{
    public static string Of(byte[] content) => content switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(content.AsSpan(3)),
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32.GetString(content.AsSpan(4)),
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(content.AsSpan(2)),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(content.AsSpan(2)),
        _ when content.AsSpan().IndexOf("-\0-\0-\0"u8) is >= 0 and var at
            => at % 2 == 0 ? Encoding.Unicode.GetString(content) : Encoding.BigEndianUnicode.GetString(content),
        _ => Encoding.UTF8.GetString(content),
    };

    /// <summary>
    /// The bytes behind a file that is base64 and nothing else: what a Kubernetes secret or a key vault hands out. Null when it is not.
    /// </summary>
    public static byte[]? Bare(byte[] content)
    {
        var text = Of(content).Trim();
        if (text.Length < 64 || !text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' || char.IsWhiteSpace(c)))
        {
            return null;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? bytes[..count] : null;
    }
}
