using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>What a process that was killed has left of its last minute.</summary>
internal static class HistoryRecovery
{
    /// <summary>The sums of the minute that it did not close; nothing when it had closed it.</summary>
    /// <exception cref="IOException">The files cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The files cannot be read.</exception>
    public static IReadOnlyList<HistoryRecord> OpenMinute(HistoryFolder folder)
    {
        if (!File.Exists(folder.OpenMinute))
        {
            return [];
        }

        var open = HistoryFolder.Read(folder.OpenMinute).Records;
        var last = folder.Segments() is [.., var newest] ? HistoryFolder.Read(newest.FullName).Records : [];
        return [.. open.Where(o => !last.Any(r => r.At == o.At && r.Minute?.Cluster == o.Minute?.Cluster))];
    }
}
