namespace HaProxyNet.Server.Running;

/// <summary>
/// A process may stand in a folder that has been deleted: a shell in the folder of an old release, or a proxy that is upgraded after its
/// folder was replaced. The libraries throw where they ask for it.
/// </summary>
internal static class WorkingFolder
{
    /// <summary>Always there, and no relative path leads to a file in it, neither one to read nor one to make.</summary>
    private const string Other = "/proc";

    /// <summary>Goes to another folder where this one is gone, and says so.</summary>
    public static void Ensure(TextWriter error)
    {
        if (!OperatingSystem.IsLinux() || Exists())
        {
            return;
        }

        Environment.CurrentDirectory = Other;
        try
        {
            error.WriteLine("warning: the folder in which this was started has been deleted; relative paths lead nowhere");
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // A full disk: the relative paths that are not found say it again.
        }
    }

    private static bool Exists()
    {
        try
        {
            return Environment.CurrentDirectory.Length > 0;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
