namespace HaProxyNet.Configuration.Reading;

/// <summary>Finds the name that was probably meant by a mistyped one.</summary>
internal static class NearestName
{
    /// <summary>A longer list does not help an operator who looks for one letter.</summary>
    private const int MostSuggested = 3;

    /// <summary>
    /// "did you mean 'Port'?", with every known name that is as near as the nearest; null when none is near enough to suggest.
    /// </summary>
    public static string? Question(string given, IEnumerable<string> known)
    {
        string[] meant = [.. To(given, known).Take(MostSuggested).Select(name => $"'{name}'")];
        return meant.Length == 0 ? null : $"did you mean {string.Join(" or ", meant)}?";
    }

    /// <summary>
    /// The known names with the fewest typing errors between them and the given one: 'Post' may be 'Host' or 'Port'. None when none is near
    /// enough.
    /// </summary>
    public static IReadOnlyList<string> To(string given, IEnumerable<string> known)
    {
        var nearest = known.GroupBy(name => TypingErrors(given, name)).MinBy(names => names.Key);
        return nearest is not null && nearest.Key <= Tolerated(given) ? [.. nearest] : [];
    }

    /// <summary>One error in three letters is a typing error; more is another word.</summary>
    private static int Tolerated(string given) => (given.Length + 2) / 3;

    /// <summary>Insertions, omissions, replacements and swaps of neighbours that lead from one name to the other, in any case.</summary>
    private static int TypingErrors(string from, string to)
    {
        var errors = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                errors[i, j] = i == 0 || j == 0 ? i + j : Fewest(errors, from, to, i, j);
            }
        }

        return errors[from.Length, to.Length];
    }

    private static int Fewest(int[,] errors, string from, string to, int i, int j)
    {
        var replaced = errors[i - 1, j - 1] + (Same(from[i - 1], to[j - 1]) ? 0 : 1);
        var fewest = Math.Min(replaced, Math.Min(errors[i - 1, j], errors[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && Same(from[i - 1], to[j - 2]) && Same(from[i - 2], to[j - 1]);
        return swapped ? Math.Min(fewest, errors[i - 2, j - 2] + 1) : fewest;
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
