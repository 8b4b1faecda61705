using HaProxyNet.Configuration;
using HaProxyNet.State;
using HaProxyNet.Transport;

namespace HaProxyNet.Selecting;

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
    public Destination[] Select(ProxyConnection connection, CandidateList candidates)
        => candidates.Equal < 2 ? candidates.Destinations : candidates.StartingAt(Pick(connection, candidates));

    /// <summary>Which one of the equal ones at the head is the first. There are at least two.</summary>
    protected abstract int Pick(ProxyConnection connection, CandidateList candidates);
}
