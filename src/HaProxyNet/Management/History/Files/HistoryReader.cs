using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Files;

/// <summary>Reads what the files say of a time. It needs no running proxy, and disturbs none. Any thread.</summary>
internal static class HistoryReader
{
    /// <summary>The records of a time, in order.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="most">At most so many; the oldest are left out.</param>
    /// <exception cref="IOException">The files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files cannot be read.</exception>
    public static HistoryDocument Read(HistoryFolder folder, DateTimeOffset from, DateTimeOffset to, int most = int.MaxValue)
    {
        var (records, unreadable) = (new List<HistoryRecord>(), 0L);
        foreach (var file in Files(folder))
        {
            if (TryRead(file) is not { } content)
            {
                continue;
            }

            unreadable += content.Damaged;
            records.AddRange(content.Records.Where(r => r.At >= from && r.At <= to));
        }

        // The open minute may have been closed while the files were read.
        var ordered = records.OrderBy(r => r.Seq).ThenBy(r => r.At).DistinctBy(IdentityOf).ToList();
        var cut = Math.Max(0, ordered.Count - most);
        return new HistoryDocument(from, to, cut == 0 ? ordered : ordered[cut..]) { IsCut = cut > 0, Unreadable = unreadable };
    }

    private static object IdentityOf(HistoryRecord record) => record.Minute is { } minute ? (record.At, minute.Cluster) : record;

    private static IEnumerable<FileInfo> Files(HistoryFolder folder)
    {
        foreach (var file in folder.Segments())
        {
            yield return file;
        }

        if (new FileInfo(folder.OpenMinute) is { Exists: true } minute)
        {
            yield return minute;
        }
    }

    /// <summary>One that has gone since it was listed was the oldest.</summary>
    private static SegmentContent? TryRead(FileInfo file)
    {
        try
        {
            return HistoryFolder.Read(file.FullName);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
