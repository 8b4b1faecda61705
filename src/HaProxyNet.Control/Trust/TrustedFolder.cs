namespace HaProxyNet.Control.Trust;

/// <summary>
/// Whether no other user can have made a folder, or can put another one in its place. The way is gone from the root, one name at a time,
/// and no link is followed that somebody else may have made. Each step that passes cannot be changed by others, so what is behind it stays
/// what was seen.
/// </summary>
internal static class TrustedFolder
{
    private const int MostLinks = 8;

    /// <summary>Why a folder is not to be used, with the path that is wrong; null when nothing is. What is missing is no fault.</summary>
    public static string? ProblemOf(string folder, PathOwners owners)
    {
        var path = Path.GetFullPath(folder);
        for (var links = 0; links < MostLinks; links++)
        {
            if (Walk(path, owners, out var problem) is not { } next)
            {
                return problem;
            }

            path = next;
        }

        return $"{folder} leads through more than {MostLinks} links";
    }

    /// <summary>Goes the way; returns the path to go instead where a link stands on it.</summary>
    private static string? Walk(string path, PathOwners owners, out string? problem)
    {
        problem = null;
        var names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var (at, parent) = ("/", FileFacts.Read("/") ?? default);
        for (var i = 0; i < names.Length; i++)
        {
            at = Path.Combine(at, names[i]);
            if (FileFacts.Read(at) is not { } step)
            {
                return null;
            }

            problem = ProblemOf(at, step, parent, owners, isLast: i == names.Length - 1);
            if (problem is not null)
            {
                return null;
            }

            if (step.IsLink)
            {
                return Path.GetFullPath(Path.Combine([Path.GetDirectoryName(at)!, new FileInfo(at).LinkTarget ?? "", .. names[(i + 1)..]]));
            }

            parent = step;
        }

        return null;
    }

    private static string? ProblemOf(string at, FileFacts step, FileFacts parent, PathOwners owners, bool isLast)
    {
        if (!owners.Accepts(step, parent))
        {
            return $"{at} belongs to another user (uid {step.Uid})";
        }

        if (step.IsLink)
        {
            return parent.IsOpenToAll ? $"{at} is a link in a folder that every user can write" : null;
        }

        if (!step.IsFolder)
        {
            return $"{at} is no folder";
        }

        return step.IsOpenToAll && (isLast || !step.IsShared)
            ? $"every user can write {at}; use a folder in it that belongs to the proxy's user"
            : null;
    }
}
