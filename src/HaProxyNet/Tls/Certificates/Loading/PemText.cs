using System.Text;

namespace HaProxyNet.Tls.Certificates.Loading;

/// <summary>
/// The text of a PEM file, however it was saved: Notepad and PowerShell put a mark in front of UTF-8, and write UTF-16. They also append
/// to each other's files, so that one file can be in two encodings. What counts in PEM is ASCII, and is the same in all of them once marks
/// and NULs are left out.
/// </summary>
internal static class PemText
{
    /// <summary>A file without a line end, with another one appended.</summary>
    private const string Glued = "----------BEGIN ";

    public static string Of(byte[] content)
    {
        var (bytes, count) = (new byte[content.Length], 0);
        for (var i = 0; i < content.Length; i++)
        {
            switch (content.AsSpan(i))
            {
                case [0, ..]:
                    break;
                case [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]:
                    i++;
                    break;
                case [0xEF, 0xBB, 0xBF, ..]:
                    i += 2;
                    break;
                default:
                    bytes[count++] = content[i];
                    break;
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, count).Replace(Glued, "-----\n-----BEGIN ", StringComparison.Ordinal);
    }

    /// <summary>
    /// The PEM file behind base64, as <c>kubectl get secret -o yaml</c> shows it; any other content as it is.
    /// </summary>
    public static byte[] Unwrapped(byte[] content)
        => !PemFile.IsPem(Of(content)) && Bare(content) is { } inner && PemFile.IsPem(Of(inner)) ? inner : content;

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
