using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State.Yarp;

/// <summary>Joins our clusters to YARP's states as YARP loads and changes them.</summary>
internal sealed class ClusterBinding(ClusterDirectory clusters) : IClusterChangeListener
{
    public void OnClusterAdded(ClusterState cluster) => Bind(cluster);

    public void OnClusterChanged(ClusterState cluster) => Bind(cluster);

    public void OnClusterRemoved(ClusterState cluster)
    {
        // The directory has forgotten it already; connections that are open keep their own references.
    }

    private void Bind(ClusterState state)
    {
        if (clusters.Find(state.ClusterId) is { } cluster)
        {
            cluster.State = state;
        }
    }
}
