using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;

namespace HaProxyNet.State.Yarp;

/// <summary>One configuration as YARP sees it; valid until the next one is there.</summary>
#pragma warning disable CA1001 // YARP may hold the token for as long as it likes; a source without a timer holds nothing to dispose of.
internal sealed class ProxyConfigSnapshot : IProxyConfig
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _changed = new();

    public ProxyConfigSnapshot(IReadOnlyList<ClusterConfig> clusters)
    {
        Clusters = clusters;
        ChangeToken = new CancellationChangeToken(_changed.Token);
    }

    public IReadOnlyList<RouteConfig> Routes => [];

    public IReadOnlyList<ClusterConfig> Clusters { get; }

    public IChangeToken ChangeToken { get; }

    /// <summary>Tells YARP to ask for the next one.</summary>
    public void SignalChange() => _changed.Cancel();
}
