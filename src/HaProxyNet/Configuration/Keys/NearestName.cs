namespace HaProxyNet.Configuration.Keys;

/// <summary>Finds what somebody who mistyped a name will have meant.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest typing errors between it and the given one; null when none is near enough to suggest.</summary>
    public static string? To(string given, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Errors: TypingErrors(given, name))).OrderBy(candidate => candidate.Errors).FirstOrDefault();
        return nearest.Name is not null && nearest.Errors <= Tolerated(given) ? nearest.Name : null;
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
