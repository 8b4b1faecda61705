using System.Globalization;
using HaProxyNet.Machine;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Files;

/// <summary>
/// The folder with the history's files, which are named after the place of their first record. Reading disturbs no writer.
/// </summary>
internal sealed class HistoryFolder(string path)
{
    private const string Extension = ".history";
    private const int WriteAtOnce = 1 << 13;

    /// <summary>How often a process that joins finds the holder looking, at most; one look is two calls of the system.</summary>
    private const int MostLooks = 10_000;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const FileShare Everybody = FileShare.ReadWrite | FileShare.Delete;

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The sums of the minute that has not ended.</summary>
    public string OpenMinute => System.IO.Path.Combine(path, "minute");

    /// <summary>What is remembered of the destinations.</summary>
    public string Health => System.IO.Path.Combine(path, "health");

    /// <summary>The folder next to a state file.</summary>
    public static HistoryFolder NextTo(string stateFile) => new(System.IO.Path.ChangeExtension(stateFile, "history"));

    /// <summary>The place of the first record of a file, by its name.</summary>
    public static long FirstOf(FileInfo file)
        => long.TryParse(file.Name.Split('-', '.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 0;

    /// <summary>The files, the oldest first.</summary>
    public IReadOnlyList<FileInfo> Segments()
        => Directory.Exists(path)
            ? [.. new DirectoryInfo(path).EnumerateFiles("*" + Extension).OrderBy(file => file.Name, StringComparer.Ordinal)]
            : [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public static SegmentContent Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, Everybody);
        var bytes = new byte[stream.Length];
        return SegmentContent.Of(bytes.AsSpan(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
    }

    /// <summary>
    /// Claims the folder: only its holder writes the small files, and goes on with a file that is there while nobody else writes. After a
    /// hand-over two processes write, each its own file. Null: another process holds it.
    /// </summary>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public FileStream? TryClaim()
    {
        OwnFolder.Create(path);
        try
        {
            return Open(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether no other process writes here. The holder may have come and gone while another one, which it had handed over to, goes on with
    /// the newest file.
    /// </summary>
    public bool HasNoWriter()
    {
        try
        {
            using var all = Open(Writers, FileMode.OpenOrCreate, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Enters this process among those that write, for as long as the result is open.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public FileStream Join()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return Open(Writers, FileMode.OpenOrCreate, Everybody);
            }
            catch (IOException) when (attempt < MostLooks)
            {
                // The holder looks whether there is anybody: that takes microseconds.
                Thread.Yield();
            }
        }
    }

    /// <summary>Begins a new file.</summary>
    /// <param name="first">The place of its first record.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public FileStream Begin(long first)
    {
        OwnFolder.Create(path);
        for (var attempt = 0; ; attempt++)
        {
            var name = System.IO.Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{first:D12}-{attempt:D3}{Extension}"));
            try
            {
                return Open(name, FileMode.CreateNew, Everybody);
            }
            catch (IOException) when (attempt < 999 && File.Exists(name))
            {
                // Another process has begun one here.
            }
        }
    }

    /// <summary>Goes on with a file, after its last whole line.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static FileStream GoOn(string file, long end)
    {
        var stream = Open(file, FileMode.Open, Everybody);
        stream.SetLength(end);
        stream.Position = end;
        return stream;
    }

    /// <summary>Writes a small file anew: a reader finds the old content or the new one, whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public static void Replace(string file, IEnumerable<HistoryRecord> records)
    {
        var draft = file + ".new";
        try
        {
            using var stream = Open(draft, FileMode.Create, Everybody);
            using var whole = new BufferedStream(stream, WriteAtOnce);
            whole.Write(SegmentLine.Header);
            foreach (var record in records)
            {
                whole.Write(SegmentLine.Encode(record));
            }
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            throw FileSizeLimit.Fault(draft, beyond);
        }

        File.Move(draft, file, overwrite: true);
    }

    private string Writers => System.IO.Path.Combine(path, "writers");

    private static FileStream Open(string file, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(file, options);
    }
}
