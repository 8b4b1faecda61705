using HaProxyNet.Configuration.Admin;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Validation;

/// <summary>What the validators look at, each setting with its path, and where they report.</summary>
internal sealed class ValidationContext(ProxyOptions options, FaultCollector faults)
{
    public static SettingPath AdminPath { get; } = SettingPath.Root.Child(nameof(ProxyOptions.Admin));

    public static SettingPath AdminEndpointPath { get; } = AdminPath.Child(nameof(AdminOptions.Endpoint));

    public static SettingPath ListenersPath { get; } = SettingPath.Root.Child(nameof(ProxyOptions.Listeners));

    public static SettingPath ClustersPath { get; } = SettingPath.Root.Child(nameof(ProxyOptions.Clusters));

    public ProxyOptions Options => options;

    public FaultCollector Faults => faults;

    public IEnumerable<(SettingPath Path, string Name, ListenerOptions Options)> Listeners =>
        options.Listeners.Select(listener => (ListenersPath.Child(listener.Key), listener.Key, listener.Value));

    public IEnumerable<(SettingPath Path, string Name, ClusterOptions Options)> Clusters =>
        options.Clusters.Select(cluster => (ClustersPath.Child(cluster.Key), cluster.Key, cluster.Value));

    /// <summary>The clusters that a listener names.</summary>
    public static IEnumerable<string> ClustersOf(ListenerOptions listener) =>
        listener.Routes.Select(route => route.Cluster).Append(listener.Cluster).Where(name => name.Length > 0);

    public static SettingPath ListenerEndpointPath(string listener)
        => ListenersPath.Child(listener).Child(nameof(ListenerOptions.Endpoint));

    public static IEnumerable<(SettingPath Path, DestinationOptions Options)> Destinations(SettingPath cluster, ClusterOptions options) =>
        options.Destinations.Select((destination, index) =>
            (cluster.Child(nameof(ClusterOptions.Destinations)).Element(index), destination));
}
