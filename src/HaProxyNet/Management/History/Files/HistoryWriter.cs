using HaProxyNet.Machine;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Files;

/// <summary>
/// Appends records to the newest file, begins the next one when it is full, and lets the oldest go. What has been written is with the
/// system: a process that is killed loses nothing of it. One caller at a time.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="room">How many bytes they may take together.</param>
/// <param name="age">For how long they are kept.</param>
/// <param name="time">The clock.</param>
internal sealed class HistoryWriter(HistoryFolder folder, Func<long> room, Func<TimeSpan> age, TimeProvider time) : IDisposable
{
    /// <summary>A file is full with so many bytes.</summary>
    public const int SegmentSize = 1024 * 1024;

    /// <summary>By age, one file goes at most so often: a clock that jumps takes no more than that with it.</summary>
    private static readonly TimeSpan _betweenAging = TimeSpan.FromHours(1);

    private FileStream? _file;
    private FileStream? _claim;
    private FileStream? _presence;
    private long _lastAging;

    /// <summary>The place of the last record.</summary>
    public long Last { get; private set; }

    /// <summary>Whether the small files are this process's.</summary>
    public bool IsHolder => _claim is not null;

    /// <summary>
    /// Finds out where the records end, and goes on there if that file is sound. Files that cannot be read are named, and stay.
    /// </summary>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be used.</exception>
    public IReadOnlyList<string> Open()
    {
        _claim ??= folder.TryClaim();
        var isAlone = IsHolder && folder.HasNoWriter();
        _presence ??= folder.Join();
        var (segments, faulty) = (folder.Segments(), new List<string>());
        foreach (var file in segments)
        {
            var isNewest = ReferenceEquals(file, segments[^1]);
            var content = HistoryFolder.Read(file.FullName);
            Last = Math.Max(Last, content.Last(HistoryFolder.FirstOf(file) - 1));
            if (content.Kind is not SegmentKind.Known || content.Damaged > 0)
            {
                faulty.Add(Describe(file, content));
            }
            else if (isNewest && content.IsSound && content.End < SegmentSize && isAlone)
            {
                _file = HistoryFolder.GoOn(file.FullName, content.End);
            }
        }

        return faulty;
    }

    /// <summary>Writes records, in order, behind what is there. Each gets its place.</summary>
    /// <exception cref="IOException">They are not written; the next call may be luckier.</exception>
    /// <exception cref="UnauthorizedAccessException">They are not written; the next call may be luckier.</exception>
    public void Append(IReadOnlyList<HistoryRecord> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        if (_file is null || _file.Length >= SegmentSize)
        {
            BeginNext();
        }

        var file = _file!;
        var (before, last) = (file.Position, Last);
        try
        {
            foreach (var record in records)
            {
                file.Write(SegmentLine.Encode(record with { Seq = ++last }));
            }

            Last = last;
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            Abandon(before);
            throw FileSizeLimit.Fault(file.Name, beyond);
        }
        catch (IOException)
        {
            // On a full disk a part of a line may be there: it goes, and the file can be gone on with.
            Abandon(before);
            throw;
        }
    }

    /// <summary>Tries to become the holder after another process has gone.</summary>
    public void Claim() => _claim ??= folder.TryClaim();

    /// <summary>Hands what was written to the disk: a machine that loses its power loses no more than a minute.</summary>
    public void Settle()
    {
        _file?.Flush(flushToDisk: true);
        Forget();
    }

    public void Dispose()
    {
        _file?.Dispose();
        _presence?.Dispose();
        _claim?.Dispose();
    }

    private static string Describe(FileInfo file, SegmentContent content) => content.Kind switch
    {
        SegmentKind.Newer => $"{file.Name} (a newer version of the proxy has written it)",
        SegmentKind.Foreign => $"{file.Name} (it is no history)",
        _ => $"{file.Name} ({content.Damaged} damaged lines; the others are used)",
    };

    private void BeginNext()
    {
        Forget();
        var next = folder.Begin(Last + 1);
        try
        {
            next.Write(SegmentLine.Header);
        }
        catch (ArgumentOutOfRangeException beyond)
        {
            next.Dispose();
            throw FileSizeLimit.Fault(next.Name, beyond);
        }

        _file?.Dispose();
        _file = next;
    }

    private void Abandon(long before)
    {
        try
        {
            _file!.SetLength(before);
            _file.Position = before;
        }
        catch (IOException)
        {
            _file!.Dispose();
            _file = null;
        }
    }

    /// <summary>Lets the oldest files go: as many as have no room, and one whose last record is too old.</summary>
    private void Forget()
    {
        if (!IsHolder)
        {
            return;
        }

        var segments = folder.Segments();
        var (left, all) = (segments.Sum(s => s.Length), segments.Count);
        foreach (var file in segments.Take(all - 1))
        {
            if (left + SegmentSize <= room() && !IsTooOld(file))
            {
                return;
            }

            left -= file.Length;
            file.Delete();
        }
    }

    private bool IsTooOld(FileInfo file)
    {
        var now = time.GetTimestamp();
        if (time.GetUtcNow() - new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) < age()
            || (_lastAging != 0 && time.GetElapsedTime(_lastAging, now) < _betweenAging))
        {
            return false;
        }

        _lastAging = now;
        return true;
    }
}
