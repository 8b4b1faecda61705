using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Transport;

namespace HaProxyNet.State.Selecting;

/// <summary>Puts the candidates of a cluster into the order for one connection. Any thread; no lock on the way.</summary>
internal abstract class DestinationSelector
{
    /// <summary>Makes the selector that a cluster's policy asks for.</summary>
    public static DestinationSelector Create(ClusterOptions options, TimeProvider time) => options.Policy switch
    {
        SelectionPolicy.RoundRobin => new RoundRobinSelector(),
        SelectionPolicy.LeastConnections => new LeastConnectionsSelector(),
        SelectionPolicy.SourceAddress => new SourceAddressSelector(options.Stickiness.Expiry, time),
        _ => PrimaryPreferredSelector.Instance,
    };

    /// <summary>The destinations to try for a connection, in order.</summary>
    public Destination[] Select(LaneConnection connection, CandidateList candidates)
        => candidates.Equal < Smallest ? candidates.Destinations : candidates.StartingAt(Pick(connection, candidates));

    /// <summary>
    /// Which one of the equal ones the next connection of a client would be given, without any effect: for people who ask. There are at
    /// least two. -1: that depends on the client, which is not known.
    /// </summary>
    public abstract int Peek(IPAddress? client, CandidateList candidates);

    /// <summary>The connection was given to another one than it was meant for: what was picked did not accept.</summary>
    public virtual void WentOn(LaneConnection connection, Destination to)
    {
    }

    /// <summary>How many equal ones there have to be, at the least, for a choice.</summary>
    protected virtual int Smallest => 2;

    /// <summary>Which one of the equal ones at the head is the first. There are at least <see cref="Smallest"/>.</summary>
    protected abstract int Pick(LaneConnection connection, CandidateList candidates);
}
