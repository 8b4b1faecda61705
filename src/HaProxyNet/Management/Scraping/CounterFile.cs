using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Failover.Operators;
using HaProxyNet.Machine;

namespace HaProxyNet.Management.Scraping;

/// <summary>
/// The counters of a proxy that has stopped in order, next to the state file. A process that goes on with them puts its mark in their
/// place: counts that are older than what Prometheus has seen would look like a reset, and the whole count like an increase. For the same
/// reason a process whose mark is gone leaves the file to the one that has it now. One caller at a time.
/// </summary>
internal sealed class CounterFile(StateFile state)
{
    private const int Largest = 256 << 20;
    private readonly byte[] _mark = CounterText.InUse(Environment.ProcessId, Guid.NewGuid());

    /// <summary>Where it is; null: nothing is kept.</summary>
    public string? Path => state.Path is { } path ? System.IO.Path.ChangeExtension(path, "counters") : null;

    /// <summary>Reads it; null: there is none.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or not as it was written.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public byte[]? Read() => File.Exists(Path) ? CounterText.Read(ReadBytes()) : null;

    /// <summary>Marks it as this process's.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public void Mark() => WholeFile.Replace(Path!, stream => stream.Write(_mark));

    /// <summary>Takes it away.</summary>
    /// <exception cref="IOException">It cannot be taken away.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be taken away.</exception>
    public void Delete() => File.Delete(Path!);

    /// <summary>Writes the counts of a scrape, where this process's mark is or nothing; false: another process has its own there.</summary>
    /// <exception cref="InvalidDataException">There is something else in its place.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be written.</exception>
    public bool TryWrite(ReadOnlyMemory<byte> scrape)
    {
        if (File.Exists(Path) && !ReadBytes().AsSpan().SequenceEqual(_mark))
        {
            return false;
        }

        WholeFile.Replace(Path!, stream => stream.Write(CounterText.Kept(scrape.Span)));
        return true;
    }

    private byte[] ReadBytes() => RegularFile.Read(Path!, Largest, out var problem) ?? throw new InvalidDataException(problem);
}
