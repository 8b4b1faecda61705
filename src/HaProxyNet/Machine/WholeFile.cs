namespace HaProxyNet.Machine;

/// <summary>
/// Files that are replaced as a whole. A new one takes the old one's place in one step, and only when the disk has it: a reader finds the
/// old content or the new one, whatever happens to the machine meanwhile.
/// </summary>
internal static class WholeFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where a file is written before it takes its place.</summary>
    public static string DraftOf(string path) => path + ".new";

    /// <summary>Writes it, for the proxy's user alone, in a folder of its own.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written; what was there before is still there.</exception>
    public static void Replace(string path, Action<Stream> write)
    {
        OwnFolder.Create(Path.GetDirectoryName(path)!);
        var draft = DraftOf(path);
        File.Delete(draft);
        try
        {
            Write(draft, write);
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // On a full disk the part that was written takes the room that the next attempt needs.
            File.Delete(draft);
            throw;
        }
    }

    private static void Write(string draft, Action<Stream> write)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            // What it holds back is tried once more when it is closed: that is a write, too.
            using var stream = new FileStream(draft, options);
            write(stream);
            stream.Flush(flushToDisk: true);
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            throw FileSizeLimit.Fault(draft, beyond);
        }
    }
}
