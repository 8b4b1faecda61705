using System.Text;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Machine;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The counters of a proxy that has stopped in order, next to the state file. It is read once: a process that is killed later must not leave counts
/// behind that are older than what Prometheus has seen, which would take the next start for a reset and the whole count for an increase.
/// </summary>
internal sealed class CounterFile(StateFile state)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Largest = 64 << 20;

    /// <summary>Where it is; null: nothing is kept.</summary>
    public string? Path
        => state.Path is { } path ? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, "counters.txt") : null;

    /// <summary>Reads it and takes it away; null: there is none.</summary>
    /// <exception cref="InvalidDataException">It is not whole.</exception>
    /// <exception cref="IOException">It cannot be read, or not be taken away.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read, or not be taken away.</exception>
    public string? Take()
    {
        if (Path is not { } path || !File.Exists(path))
        {
            return null;
        }

        var content = RegularFile.Read(path, Largest, out var problem) ?? throw new InvalidDataException(problem);
        File.Delete(path);
        var text = Encoding.UTF8.GetString(content);
        return CounterText.IsWhole(text) ? text : throw new InvalidDataException("it is not whole");
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Write(string text)
    {
        OwnFolder.Create(System.IO.Path.GetDirectoryName(Path)!);
        var draft = Path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(draft, options))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, Path!, overwrite: true);
    }
}
