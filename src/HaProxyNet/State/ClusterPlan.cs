using HaProxyNet.Configuration;

namespace HaProxyNet.State;

/// <summary>What the configuration says of a cluster, with its destinations in order of preference. Immutable; a reload replaces it.</summary>
/// <param name="ConnectTimeout">How long one attempt may take.</param>
/// <param name="IdleTimeout">How long a connection may be silent; zero: for ever.</param>
/// <param name="DownInterval">The longest time between two probes of a destination that is down.</param>
/// <param name="Destinations">The destinations, the primary first.</param>
internal sealed record ClusterPlan(TimeSpan ConnectTimeout, TimeSpan IdleTimeout, TimeSpan DownInterval, Destination[] Destinations)
{
    /// <summary>Reads the settings of a cluster.</summary>
    public static ClusterPlan From(ClusterOptions options, Destination[] destinations)
        => new(options.ConnectTimeout, options.IdleTimeout, options.Health.DownInterval, destinations);
}
