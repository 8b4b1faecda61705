using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using Yarp.ReverseProxy.Configuration;

namespace HaProxyNet.State.Yarp;

/// <summary>Gives our configuration to YARP, which holds the live state of clusters and destinations.</summary>
internal sealed class ProxyConfigProvider(ProxyOptions initial, ClusterDirectory clusters) : IProxyConfigProvider
{
    private ProxyConfigSnapshot _current = Snapshot(initial);

    public IProxyConfig GetConfig() => Volatile.Read(ref _current);

    /// <summary>Takes over a configuration that was found valid, and tells YARP. One caller at a time.</summary>
    public void Apply(ProxyOptions options)
    {
        clusters.Apply(options);
        Interlocked.Exchange(ref _current, Snapshot(options)).SignalChange();
    }

    private static ProxyConfigSnapshot Snapshot(ProxyOptions options) => new([.. options.Clusters.Select(c => ToYarp(c.Key, c.Value))]);

    private static ClusterConfig ToYarp(string name, ClusterOptions options) => new()
    {
        ClusterId = name,
        HealthCheck = new HealthCheckConfig { AvailableDestinationsPolicy = FailoverDestinationsPolicy.PolicyName },
        Destinations = options.Destinations.ToDictionary(
            destination => destination.Name,
            destination => new DestinationConfig { Address = $"tcp://{destination.Address}" },
            StringComparer.OrdinalIgnoreCase),
    };
}
