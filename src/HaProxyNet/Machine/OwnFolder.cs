using HaProxyNet.Control.Trust;

namespace HaProxyNet.Machine;

/// <summary>The folders of the socket and of the state file.</summary>
internal static class OwnFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Visible = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>
    /// Makes a folder, where it is missing. It has to be out of the reach of other users, before and after: among the temporary files
    /// anybody can make one of any name first. What is there already keeps its mode.
    /// </summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made, or other users have a hand in it.</exception>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Check(folder);
        if (!Directory.Exists(folder))
        {
            var isTemporary = Path.GetFullPath(folder).StartsWith(Path.GetTempPath(), StringComparison.Ordinal);
            Directory.CreateDirectory(folder, isTemporary ? OwnerOnly : Visible);
            Check(folder);
        }
    }

    private static void Check(string folder)
    {
        if (OperatingSystem.IsLinux() && TrustedFolder.ProblemOf(folder, new PathOwners(takesGrants: false)) is { } problem)
        {
            throw new UnauthorizedAccessException(problem);
        }
    }
}
