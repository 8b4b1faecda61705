using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Machine;
using HaProxyNet.State.Selecting;

namespace HaProxyNet.Failover.Stickiness;

/// <summary>
/// The file of sticky clients, next to the state file.
/// </summary>
internal sealed class StickyFile(StateFile state)
{
    /// <summary>A million clients are 22 MB in each cluster that remembers so many.</summary>
    private const int Largest = 256 << 20;

    /// <summary>Where it is; null: nothing is kept.</summary>
    public string? Path
        => state.Path is { } path ? System.IO.Path.ChangeExtension(path, "sticky") : null;

    /// <summary>Reads it; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or not whole.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public Dictionary<string, StickyClient[]>? Read(DateTimeOffset now)
    {
        if (Path is not { } path || !File.Exists(path))
        {
            return null;
        }

        OwnFolder.Create(System.IO.Path.GetDirectoryName(path)!);
        var content = RegularFile.Read(path, Largest, out var problem) ?? throw new InvalidDataException(problem);
        return StickyFormat.Read(content, now);
    }

    /// <summary>Writes it.</summary>
    /// <exception cref="IOException">It cannot be written; what was there before is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written; what was there before is still there.</exception>
    public void Write(IReadOnlyDictionary<string, StickyClient[]> clusters, DateTimeOffset now)
        => WholeFile.Replace(Path!, stream => StickyFormat.Write(stream, clusters, now));
}
