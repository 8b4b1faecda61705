using HaProxyNet.Health;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>Keeps what is remembered of destinations that have failed, in a small file next to the history.</summary>
internal sealed class HealthNotes(ClusterDirectory clusters, HealthReporter reporter, TimeProvider time)
{
    private List<(Destination Destination, DestinationStatus State, int Relapses, long RecoveredAt)> _written = [];

    /// <summary>Takes over what was noted before the restart.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be read.</exception>
    public void Restore(HistoryFolder folder)
    {
        if (!File.Exists(folder.Health))
        {
            return;
        }

        var notes = HistoryFolder.Read(folder.Health).Records.Where(r => r.Health is not null).ToList();
        foreach (var record in notes)
        {
            var note = record.Health!;
            if (clusters.Find(note.Cluster) is { } cluster && cluster.Find(note.Destination) is { } destination)
            {
                var othersCanServe =
                    cluster.Plan.Destinations.Any(other => !ReferenceEquals(other, destination) && other.Status.CanBeGivenConnections());
                var known = HoldDownMemory.Restore(
                    note, record.At, cluster.Plan.Health, othersCanServe, time.GetUtcNow(), time.GetTimestamp(), time.TimestampFrequency);
                if (known is not null)
                {
                    reporter.Restore(cluster, destination, known);
                }
            }
        }
    }

    /// <summary>Writes the notes, when they have changed.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">They cannot be written.</exception>
    public void Write(HistoryFolder folder)
    {
        if (IsWritten())
        {
            return;
        }

        var all = clusters.All.SelectMany(c => c.Plan.Destinations.Select(d => (Cluster: c, Destination: d, Known: d.Condition))).ToList();
        var at = time.GetUtcNow();
        var notes =
            all.Select(d => HoldDownMemory.Note(d.Cluster.Name, d.Destination.Name, d.Known, at, time.GetElapsedTime(d.Known.RecoveredAt)));
        HistoryFolder.Replace(
            folder.Health, notes.OfType<HealthNote>().Select((note, i) => new HistoryRecord(i + 1, at) { Health = note }));
        _written = all.ConvertAll(d => Remembered(d.Destination, d.Known));
    }

    private static (Destination Destination, DestinationStatus State, int Relapses, long RecoveredAt) Remembered(
        Destination destination, DestinationCondition known) => (destination, known.State, known.Relapses, known.RecoveredAt);

    /// <summary>Asked every second.</summary>
    private bool IsWritten()
    {
        var count = 0;
        foreach (var cluster in clusters.All)
        {
            foreach (var destination in cluster.Plan.Destinations)
            {
                if (count == _written.Count || _written[count] != Remembered(destination, destination.Condition))
                {
                    return false;
                }

                count++;
            }
        }

        return count == _written.Count;
    }
}
