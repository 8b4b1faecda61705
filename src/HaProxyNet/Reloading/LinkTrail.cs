namespace HaProxyNet.Reloading;

/// <summary>
/// What has to be replaced, or written, for a path to lead to another file or to other content: itself, every symbolic link on the way, in
/// the path and in the links' targets, and the file at the end.
/// </summary>
internal static class LinkTrail
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>These places, as whole paths.</summary>
    public static IReadOnlyCollection<string> Places(string path)
    {
        var whole = Path.GetFullPath(path);
        var places = new HashSet<string>(StringComparer.Ordinal) { whole };
        for (var links = 0; links < MostLinks && FirstLink(whole) is { } found; links++)
        {
            places.Add(found.Link);
            whole = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(found.Link)!, found.Target, found.Behind));
        }

        places.Add(whole);
        return places;
    }

    /// <summary>The first part of a path that is a link, where it leads, and what follows it.</summary>
    private static (string Link, string Target, string Behind)? FirstLink(string path)
    {
        for (var end = path.IndexOf(Path.DirectorySeparatorChar, 1); ; end = path.IndexOf(Path.DirectorySeparatorChar, end + 1))
        {
            var part = end < 0 ? path : path[..end];
            if (TargetOf(part) is { } target)
            {
                return (part, target, end < 0 ? "" : path[(end + 1)..]);
            }

            if (end < 0)
            {
                return null;
            }
        }
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
