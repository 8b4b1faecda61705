namespace HaProxyNet.Hosting;

/// <summary>
/// The folders in which something has to change for a path to lead to another file: its own, and that of every symbolic link on the way, in
/// the path itself and in the links' targets.
/// </summary>
internal static class LinkTrail
{
    /// <summary>As many links as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>The folders, as whole paths.</summary>
    public static IReadOnlyCollection<string> Folders(string path)
    {
        var whole = Path.GetFullPath(path);
        var folders = new HashSet<string>(StringComparer.Ordinal);
        Add(Path.GetDirectoryName(whole), folders);
        for (var links = 0; links < MostLinks && FirstLink(whole) is { } found; links++)
        {
            var folder = Path.GetDirectoryName(found.Link)!;
            Add(folder, folders);
            whole = Path.GetFullPath(Path.Combine(folder, found.Target, found.Behind));
        }

        Add(Path.GetDirectoryName(whole), folders);
        return folders;
    }

    private static void Add(string? folder, HashSet<string> folders)
    {
        if (Directory.Exists(folder))
        {
            folders.Add(folder);
        }
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
