using HaProxyNet.Listening;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>What came of one cluster within a time. While nothing comes it is the same object. One caller at a time.</summary>
internal sealed class ClusterFigures(Cluster cluster)
{
    private static readonly ConnectionOutcome[] _outcomes =
        [.. Enum.GetValues<ConnectionOutcome>().Where(o => o is not ConnectionOutcome.None)];

    private readonly Dictionary<Destination, DestinationFigures> _destinations = [];
    private readonly long[] _ended = new long[_outcomes.Length];
    private readonly long[] _endedBefore = new long[_outcomes.Length];
    private long _fallThroughsBefore;
    private ClusterMinute? _last;

    /// <summary>A new time begins.</summary>
    /// <param name="doors">The listeners of the cluster.</param>
    public void Begin(List<Listener>? doors)
    {
        Count(doors);
        _ended.CopyTo(_endedBefore, 0);
        _fallThroughsBefore = cluster.FallThroughs.Count;
        _last = null;
        foreach (var gone in _destinations.Keys.Except(cluster.Plan.Destinations).ToList())
        {
            _destinations.Remove(gone);
        }

        foreach (var destination in cluster.Plan.Destinations)
        {
            Of(destination).Begin();
        }
    }

    /// <summary>What came since it began.</summary>
    /// <param name="doors">The listeners of the cluster.</param>
    public ClusterMinute Read(List<Listener>? doors)
    {
        Count(doors);
        var active = cluster.Active.Current?.Name;
        var fallThroughs = cluster.FallThroughs.Count - _fallThroughsBefore;
        var ended = Sums.Between(_ended, _endedBefore, i => _outcomes[i].Label());
        var destinations = cluster.Plan.Destinations;
        if (_last is null || (active, fallThroughs) != (_last.Active, _last.FallThroughs) || !SameSums.In(ended, _last.Ended)
            || !AreIn(destinations, _last.Destinations))
        {
            _last = new ClusterMinute(cluster.Name)
            {
                Active = active,
                FallThroughs = fallThroughs,
                Ended = ended,
                Destinations = Array.ConvertAll(destinations, destination => Of(destination).Read()),
            };
        }

        return _last;
    }

    private bool AreIn(Destination[] destinations, IReadOnlyList<DestinationMinute> minutes)
    {
        var areIn = destinations.Length == minutes.Count;
        for (var i = 0; areIn && i < destinations.Length; i++)
        {
            areIn = ReferenceEquals(Of(destinations[i]).Read(), minutes[i]);
        }

        return areIn;
    }

    private DestinationFigures Of(Destination destination)
    {
        if (!_destinations.TryGetValue(destination, out var figures))
        {
            _destinations.Add(destination, figures = new DestinationFigures(destination));
        }

        return figures;
    }

    private void Count(List<Listener>? doors)
    {
        Array.Clear(_ended);
        Count(cluster.Plan.Destinations);
        Count(cluster.Retired);
        foreach (var door in doors ?? [])
        {
            Count(door.Unconnected(cluster));
        }
    }

    private void Count(Destination[] destinations)
    {
        foreach (var destination in destinations)
        {
            var traffic = destination.AllTraffic;
            for (var i = 0; i < traffic.Count; i++)
            {
                Count(traffic[i]);
            }
        }
    }

    private void Count(TrafficCounters traffic)
    {
        for (var i = 0; i < _outcomes.Length; i++)
        {
            _ended[i] += traffic.Ended(_outcomes[i]);
        }
    }
}
