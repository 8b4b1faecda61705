using System.Globalization;
using System.Text;

namespace HaProxyNet.Telemetry;

/// <summary>
/// Text that a peer has made up, such as the names in its certificate, on its way to a log, a page or a terminal: it cannot begin a line,
/// move a cursor, hide, or turn the direction of what stands next to it. What could is written as its number.
/// </summary>
internal static class PeerText
{
    /// <summary>A host name has at most 253 characters; longer texts are cut.</summary>
    public const int Longest = 256;

    /// <summary>The text, with harmless characters alone and of bounded length. A clean text is returned as it is.</summary>
    public static string Clean(string text)
    {
        if (text.Length <= Longest && text.All(c => c is >= ' ' and <= '~'))
        {
            return text;
        }

        var clean = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= Longest)
            {
                return clean.Append("...").ToString();
            }

            _ = IsHarmless(rune) ? clean.Append(rune) : clean.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
        }

        return clean.ToString();
    }

    /// <summary>Control covers C0 and C1; Format covers bidirectional marks, zero-width characters and tags.</summary>
    private static bool IsHarmless(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
