using HaProxyNet.Listening;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>
/// Makes sums of a time out of counters that only grow. A second in which nothing comes makes no new sums. One caller at a time; the data
/// path pays nothing for it.
/// </summary>
internal sealed class FigureSampler(ClusterDirectory clusters, ListenerDirectory listeners)
{
    private readonly Dictionary<Cluster, List<Listener>> _doors = [];
    private readonly HashSet<Cluster> _known = [];
    private readonly Dictionary<Cluster, ClusterFigures> _figures = [];

    /// <summary>What came since the last call of <see cref="Begin"/>.</summary>
    public IReadOnlyList<ClusterMinute> Read()
    {
        FindDoors();
        return [.. clusters.All.Select(cluster => Of(cluster).Read(_doors.GetValueOrDefault(cluster)))];
    }

    /// <summary>A new time begins.</summary>
    public void Begin()
    {
        FindDoors();
        _known.Clear();
        foreach (var cluster in clusters.All)
        {
            _known.Add(cluster);
            Of(cluster).Begin(_doors.GetValueOrDefault(cluster));
        }

        foreach (var gone in _figures.Keys.Where(cluster => !_known.Contains(cluster)).ToList())
        {
            _figures.Remove(gone);
            _doors.Remove(gone);
        }
    }

    private ClusterFigures Of(Cluster cluster)
    {
        if (!_figures.TryGetValue(cluster, out var figures))
        {
            _figures.Add(cluster, figures = new ClusterFigures(cluster));
        }

        return figures;
    }

    /// <summary>
    /// The listeners of each cluster: looking for them cluster by cluster would grow with the square of the configuration.
    /// </summary>
    private void FindDoors()
    {
        foreach (var doors in _doors.Values)
        {
            doors.Clear();
        }

        foreach (var listener in listeners.Known)
        {
            foreach (var cluster in listener.Plan.Clusters)
            {
                if (!_doors.TryGetValue(cluster, out var doors))
                {
                    _doors.Add(cluster, doors = []);
                }

                doors.Add(listener);
            }
        }
    }
}
