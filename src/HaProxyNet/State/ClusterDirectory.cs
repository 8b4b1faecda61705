using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State.Selecting;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>The clusters by name. A reload keeps the identity (and so the health and the counters) of what stays.</summary>
internal sealed class ClusterDirectory
{
    private readonly ProxyMetrics _metrics;
    private readonly KnownAddresses _names;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, FailoverGroup> _groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Cluster> _leaving = new(StringComparer.OrdinalIgnoreCase);
    private Dictionary<string, Cluster> _clusters = new(StringComparer.OrdinalIgnoreCase);
    private Cluster[] _removed = [];

    public ClusterDirectory(ProxyOptions options, KnownAddresses names, ProxyMetrics metrics, TimeProvider time)
    {
        (_names, _metrics, _time) = (names, metrics, time);
        Apply(options);
    }

    /// <summary>All clusters.</summary>
    public IEnumerable<Cluster> All => Volatile.Read(ref _clusters).Values;

    /// <summary>
    /// Clusters that a reload took away: counters never go back, and connections that they had may still be open. One that comes back by
    /// its name goes on with its counters.
    /// </summary>
    public IReadOnlyList<Cluster> Removed => Volatile.Read(ref _removed);

    /// <summary>Finds a cluster.</summary>
    public Cluster? Find(string name) => Volatile.Read(ref _clusters).GetValueOrDefault(name);

    /// <summary>Takes over a configuration that was found valid. One caller at a time.</summary>
    public void Apply(ProxyOptions options)
    {
        var next = new Dictionary<string, Cluster>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, clusterOptions) in options.Clusters)
        {
            var before = Find(name) ?? Return(name);
            var plan = ClusterPlan.From(clusterOptions, Destinations(name, clusterOptions, before), _time.TimestampFrequency);
            next.Add(name, before is null ? Create(name, plan, clusterOptions) : Change(before, plan, clusterOptions));
        }

        foreach (var removed in All.Where(cluster => !next.ContainsKey(cluster.Name)))
        {
            _leaving[removed.Name] = removed;
        }

        Volatile.Write(ref _removed, [.. _leaving.Values]);
        Volatile.Write(ref _clusters, next);
        foreach (var group in _groups.Values)
        {
            group.Clusters = [.. next.Values.Where(cluster => ReferenceEquals(cluster.Group, group))];
        }
    }

    private Cluster Create(string name, ClusterPlan plan, ClusterOptions options)
        => new(name, plan, DestinationSelector.Create(options, _time), GroupOf(name, options), _time);

    private Cluster Change(Cluster cluster, ClusterPlan plan, ClusterOptions options)
    {
        cluster.Retired = [.. cluster.Retired.Concat(cluster.Plan.Destinations).Except(plan.Destinations)];
        if (cluster.Plan.Policy != plan.Policy)
        {
            cluster.Selector = DestinationSelector.Create(options, _time);
        }
        else if (cluster.Selector is SourceAddressSelector sticky)
        {
            sticky.Clients.Expiry = options.Stickiness.Expiry;
        }

        cluster.Plan = plan.SaysTheSameAs(cluster.Plan) ? cluster.Plan : plan;
        cluster.Group = GroupOf(cluster.Name, options);
        return cluster;
    }

    /// <summary>The group of that name; a cluster without one has a group for itself, which the colon keeps apart from names.</summary>
    private FailoverGroup GroupOf(string cluster, ClusterOptions options)
    {
        var key = options.FailoverGroup.Length > 0 ? options.FailoverGroup : $"cluster:{cluster}";
        if (!_groups.TryGetValue(key, out var group))
        {
            _groups.Add(key, group = new FailoverGroup());
        }

        return group;
    }

    private Destination[] Destinations(string clusterName, ClusterOptions options, Cluster? before)
    {
        var models = DestinationModel.From(options);
        var destinations = new Destination[models.Length];
        for (var i = 0; i < destinations.Length; i++)
        {
            var name = options.Destinations[i].Name;
            var known = before?.Plan.Destinations.FirstOrDefault(d => d.IsNamed(name))
                ?? Return(before?.Retired.FirstOrDefault(d => d.IsNamed(name)));
            Change(known, models[i]);

            destinations[i] = known ?? new Destination(
                clusterName, name, models[i], DestinationCondition.Initial(_time.GetTimestamp()), _metrics.ConnectsOf(clusterName, name),
                _names.Of(models[i].Address));
        }

        return destinations;
    }

    /// <summary>Another address is another server: that the one before was down says nothing about it.</summary>
    private void Change(Destination? known, DestinationModel model)
    {
        var isSame = known?.Model.Address == model.Address;
        if (known is { Condition.State: not DestinationStatus.Up } && !isSame)
        {
            known.Condition = DestinationCondition.Initial(_time.GetTimestamp());
        }

        known?.Change(model, isSame && known.Addresses.Length > 0 ? known.Addresses : _names.Of(model.Address));
    }

    /// <summary>A cluster that comes back. Nothing is known of the health of its destinations.</summary>
    private Cluster? Return(string name)
    {
        if (_leaving.Remove(name, out var cluster))
        {
            Array.ForEach(cluster.Plan.Destinations, destination => Return(destination));
        }

        return cluster;
    }

    /// <summary>A destination that comes back goes on with its counters; nothing is known of its health.</summary>
    private Destination? Return(Destination? retired)
    {
        retired?.Condition = DestinationCondition.Initial(_time.GetTimestamp());
        return retired;
    }
}
