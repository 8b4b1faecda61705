using HaProxyNet.Management.Events;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>
/// Answers what happened in a time. One answer is read at a time: megabytes of files are not to be in memory once for each client that
/// asks. Without a history on the disk, the last events are all that is known.
/// </summary>
internal sealed class HistoryReading(HistoryPlace place, EventJournal journal) : IDisposable
{
    /// <summary>Two weeks of a quiet pair; a longer time is asked for in parts.</summary>
    public const int Most = 20_000;

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>The records of a time, in order.</summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files cannot be read.</exception>
    public async Task<HistoryDocument> ReadAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        if (place.Folder is not { } folder)
        {
            var events =
                journal.Read().Where(e => e.At >= from && e.At <= to).Select((e, i) => new HistoryRecord(i + 1, e.At) { Event = e });
            return new(from, to, [.. events]);
        }

        await _one.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => HistoryReader.Read(folder, from, to, Most), cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
