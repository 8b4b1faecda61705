using HaProxyNet.Failover.Operators;
using HaProxyNet.Management.History.Files;
using HaProxyNet.Reloading;
using HaProxyNet.State;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>Where the history is kept, how much of it, and for how long.</summary>
internal sealed class HistoryPlace(StateFile state, ConfigurationInForce configuration, ClusterDirectory clusters)
{
    /// <summary>A pair that is busy all day fills less in thirty days.</summary>
    private const long RoomOfCluster = 16L * 1024 * 1024;

    /// <summary>A proxy with a hundred clusters keeps less than thirty days of each.</summary>
    private const long MostRoom = 16 * RoomOfCluster;

    /// <summary>The folder; null: no history is kept.</summary>
    public HistoryFolder? Folder { get; private set; }

    /// <summary>Its path, for messages.</summary>
    public string Path => Folder?.Path ?? "";

    /// <summary>For how long records are kept.</summary>
    public TimeSpan Age => TimeSpan.FromDays(Math.Max(1, configuration.Now.Admin.HistoryDays));

    /// <summary>How many bytes the files may take together.</summary>
    public long Room() => Math.Clamp(clusters.All.Count() * RoomOfCluster, RoomOfCluster, MostRoom);

    /// <summary>Finds the folder: next to the state file.</summary>
    public HistoryFolder? Find()
        => Folder = configuration.Now.Admin.HistoryDays > 0 && state.Path is { } path ? HistoryFolder.NextTo(path) : null;
}
