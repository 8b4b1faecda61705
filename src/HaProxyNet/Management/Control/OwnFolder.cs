namespace HaProxyNet.Management.Control;

/// <summary>The folders of the socket and of the state file.</summary>
internal static class OwnFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Visible = OwnerOnly
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder, where it is missing. Among the temporary files, where anybody can make one of any name, it has to be the user's own.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made, or belongs to another user.</exception>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        var isTemporary = Path.GetFullPath(folder).StartsWith(Path.GetTempPath(), StringComparison.Ordinal);
        Directory.CreateDirectory(folder, isTemporary ? OwnerOnly : Visible);
        if (Path.GetFileName(folder).StartsWith("haproxynet-", StringComparison.Ordinal) && isTemporary)
        {
            // Only the owner can do this.
            File.SetUnixFileMode(folder, OwnerOnly);
        }
    }
}
