using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;

namespace HaProxyNet.State;

/// <summary>The clusters by name. A reload keeps the identity (and so the health and the counters) of what stays.</summary>
internal sealed class ClusterDirectory
{
    private readonly ProxyMetrics _metrics;
    private readonly TimeProvider _time;
    private Dictionary<string, Cluster> _clusters = new(StringComparer.OrdinalIgnoreCase);

    public ClusterDirectory(ProxyOptions options, ProxyMetrics metrics, TimeProvider time)
    {
        (_metrics, _time) = (metrics, time);
        Apply(options);
    }

    /// <summary>All clusters.</summary>
    public IEnumerable<Cluster> All => Volatile.Read(ref _clusters).Values;

    /// <summary>Finds a cluster.</summary>
    public Cluster? Find(string name) => Volatile.Read(ref _clusters).GetValueOrDefault(name);

    /// <summary>Takes over a configuration that was found valid. One caller at a time.</summary>
    public void Apply(ProxyOptions options)
    {
        var next = new Dictionary<string, Cluster>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, clusterOptions) in options.Clusters)
        {
            var cluster = Find(name);
            var plan = ClusterPlan.From(clusterOptions, Destinations(name, clusterOptions, cluster));
            if (cluster is null)
            {
                cluster = new Cluster(name, plan, _time);
            }
            else
            {
                cluster.Retired = [.. cluster.Retired.Concat(cluster.Plan.Destinations).Except(plan.Destinations)];
                cluster.Plan = plan;
            }

            next.Add(name, cluster);
        }

        Volatile.Write(ref _clusters, next);
    }

    private Destination[] Destinations(string clusterName, ClusterOptions options, Cluster? before)
    {
        var destinations = new Destination[options.Destinations.Count];
        for (var i = 0; i < destinations.Length; i++)
        {
            var name = options.Destinations[i].Name;
            var model = new DestinationModel(DestinationAddress.Parse(options.Destinations[i].Address), i);
            var known = before?.Plan.Destinations.FirstOrDefault(d => d.IsNamed(name)) ?? Return(before?.Retired.FirstOrDefault(d => d.IsNamed(name)));
            if (known is not null)
            {
                known.Model = model;
            }

            destinations[i] = known ?? new Destination(
                clusterName, name, model, DestinationCondition.Initial(_time.GetTimestamp()), _metrics.ConnectsOf(clusterName, name));
        }

        return destinations;
    }

    /// <summary>A destination that comes back goes on with its counters; nothing is known of its health.</summary>
    private Destination? Return(Destination? retired)
    {
        retired?.Condition = DestinationCondition.Initial(_time.GetTimestamp());
        return retired;
    }
}
