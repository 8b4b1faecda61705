using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Upgrading.State;

namespace HaProxyNet.Upgrading;

/// <summary>A connection that another process has sent, with what it uses here.</summary>
internal sealed class AdoptedRelay(HandedRelay handed, IHandoverLane lane, Listener listener, Cluster cluster, Destination destination)
    : ReceivedRelay(handed.Relay)
{
    /// <summary>As the other process has described it.</summary>
    public HandedRelay Handed => handed;

    /// <summary>The lane that is to go on with it.</summary>
    public IHandoverLane Lane => lane;

    /// <summary>Something has happened on it since it came: somebody may be waiting for it.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Its listener.</summary>
    public Listener Listener => listener;

    /// <summary>Its cluster.</summary>
    public Cluster Cluster => cluster;

    /// <summary>Its destination.</summary>
    public Destination ToDestination => destination;
}
