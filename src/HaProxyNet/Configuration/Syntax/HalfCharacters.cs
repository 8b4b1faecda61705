using System.Globalization;
using System.Text.RegularExpressions;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>
/// Finds escapes that stand for one half of a character of UTF-16. JSON allows them; no text can hold them, and .NET throws where it reads
/// one.
/// </summary>
internal static partial class HalfCharacters
{
    /// <summary>The first half without the other; null when there is none.</summary>
    public static (int Line, int Column, string Escape)? Find(string text)
    {
        var expected = -1;
        foreach (var match in Escapes().EnumerateMatches(text))
        {
            var escape = text.AsSpan(match.Index, match.Length);
            if (match.Length != LengthOfUnicode)
            {
                continue;
            }

            var unit = (char)int.Parse(escape[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (expected >= 0)
            {
                if (char.IsLowSurrogate(unit) && match.Index == expected)
                {
                    expected = -1;
                    continue;
                }

                return At(text, expected - LengthOfUnicode);
            }

            if (char.IsLowSurrogate(unit))
            {
                return At(text, match.Index);
            }

            expected = char.IsHighSurrogate(unit) ? match.Index + LengthOfUnicode : -1;
        }

        return expected >= 0 ? At(text, expected - LengthOfUnicode) : null;
    }

    private const int LengthOfUnicode = 6;

    private static (int Line, int Column, string Escape) At(string text, int index)
        => (text.AsSpan(0, index).Count('\n') + 1, index - text.LastIndexOf('\n', Math.Max(index - 1, 0)), text.Substring(
            index, LengthOfUnicode));

    /// <summary>Every escape, so that the second of two backslashes does not begin one.</summary>
    [GeneratedRegex(
        @"\\(u[0-9a-fA-F]{4}|.)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Escapes();
}
