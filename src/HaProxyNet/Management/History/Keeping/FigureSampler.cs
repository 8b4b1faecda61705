using HaProxyNet.Listening;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>Makes sums of a time out of counters that only grow. One caller at a time; the data path pays nothing for it.</summary>
internal sealed class FigureSampler(ClusterDirectory clusters, ListenerDirectory listeners)
{
    private static readonly ConnectionOutcome[] _outcomes =
        [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];
    private static readonly ConnectStatus[] _failures =
        [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];

    private Dictionary<Cluster, (ClusterCounts Counts, Dictionary<Destination, DestinationCounts> Destinations)> _began = [];

    /// <summary>What came since the last call of <see cref="Begin"/>.</summary>
    public IReadOnlyList<ClusterMinute> Read()
    {
        var doors = Doors();
        return [.. clusters.All.Select(cluster => Read(cluster, doors))];
    }

    /// <summary>A new time begins.</summary>
    public void Begin()
    {
        var doors = Doors();
        _began = clusters.All.ToDictionary(c => c, c => (CountsOf(c, doors), c.Plan.Destinations.ToDictionary(d => d, CountsOf)));
    }

    /// <summary>
    /// The listeners of each cluster: looking for them cluster by cluster would grow with the square of the configuration.
    /// </summary>
    private ILookup<Cluster, Listener> Doors()
        => listeners.Known
            .SelectMany(l => l.Plan.Clusters.Distinct().Select(c => (Cluster: c, Listener: l)))
            .ToLookup(one => one.Cluster, one => one.Listener);

    private ClusterMinute Read(Cluster cluster, ILookup<Cluster, Listener> doors)
    {
        var (began, destinations) = _began.GetValueOrDefault(cluster);
        var now = CountsOf(cluster, doors);
        return new ClusterMinute(cluster.Name)
        {
            Active = cluster.Active.Current?.Name,
            FallThroughs = now.FallThroughs - (began?.FallThroughs ?? 0),
            Ended = Differences(_outcomes, now.Ended, began?.Ended, o => o.Label()),
            Destinations = [.. cluster.Plan.Destinations.Select(d => Read(d, destinations?.GetValueOrDefault(d)))],
        };
    }

    private static DestinationMinute Read(Destination destination, DestinationCounts? began)
    {
        var (now, status) = (CountsOf(destination), destination.Status);
        return new DestinationMinute(destination.Name)
        {
            State = status is DestinationStatus.Up ? null : status.Label(),
            Open = destination.Active,
            Connected = now.Waits.Sum() - (began?.Waits.Sum() ?? 0),
            In = now.In - (began?.In ?? 0),
            Out = now.Out - (began?.Out ?? 0),
            Wait = TimeCounts.Between(now.Waits, began?.Waits ?? new long[now.Waits.Length]),
            Call = TimeCounts.Between(now.Calls, began?.Calls ?? new long[now.Calls.Length]),
            Failures = Differences(_failures, now.Failures, began?.Failures, s => s.Label()),
        };
    }

    private static ClusterCounts CountsOf(Cluster cluster, ILookup<Cluster, Listener> doors)
    {
        var ended = new long[_outcomes.Length];
        var counters = cluster.Plan.Destinations.Concat(cluster.Retired).SelectMany(d => d.AllTraffic)
            .Concat(doors[cluster].Select(l => l.Unconnected(cluster)));
        foreach (var traffic in counters)
        {
            for (var i = 0; i < _outcomes.Length; i++)
            {
                ended[i] += traffic.Ended(_outcomes[i]);
            }
        }

        return new(ended, cluster.FallThroughs.Read().Sum(t => t.Count));
    }

    private static DestinationCounts CountsOf(Destination destination)
    {
        var traffic = destination.AllTraffic;
        return new(
            traffic.Sum(t => t.BytesIn),
            traffic.Sum(t => t.BytesOut),
            [.. _failures.Select(destination.Connects.Failures)],
            destination.Waits.Read(),
            destination.Calls.Read());
    }

    private static Dictionary<string, long>? Differences<T>(T[] kinds, long[] now, long[]? before, Func<T, string> label)
    {
        Dictionary<string, long>? differences = null;
        for (var i = 0; i < kinds.Length; i++)
        {
            if (now[i] - (before?[i] ?? 0) is > 0 and var count)
            {
                (differences ??= [])[label(kinds[i])] = count;
            }
        }

        return differences;
    }
}
