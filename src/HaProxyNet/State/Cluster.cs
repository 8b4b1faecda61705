using HaProxyNet.Telemetry;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State;

/// <summary>
/// A cluster at run time: a stable identity around YARP's <see cref="ClusterState"/>, which holds the one list of available
/// destinations that connections are given to.
/// </summary>
internal sealed class Cluster
{
    private ClusterPlan _plan;
    private ClusterState? _state;
    private Destination[] _retired = [];

    public Cluster(string name, ClusterPlan plan, TimeProvider time)
    {
        Name = name;
        _plan = plan;
        Active = new ActiveDestination(time);
        Active.Begin(plan.Destinations.FirstOrDefault());
    }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>Held while the health of a destination changes; never on the way of a connection that succeeds.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Which destination new connections go to, and how often that changed. Guarded by <see cref="Gate"/>.</summary>
    public ActiveDestination Active { get; }

    /// <summary>Connections that went on to another destination while they connected.</summary>
    public TransitionCounters FallThroughs { get; } = new();

    /// <summary>Settings and destinations as last loaded.</summary>
    public ClusterPlan Plan
    {
        get => Volatile.Read(ref _plan);
        set => Volatile.Write(ref _plan, value);
    }

    /// <summary>Destinations that a reload took away: counters never go back, and connections that they had may still be open.</summary>
    public Destination[] Retired
    {
        get => Volatile.Read(ref _retired);
        set => Volatile.Write(ref _retired, value);
    }

    /// <summary>YARP's state of this cluster, once YARP has loaded it.</summary>
    public ClusterState? State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>The destinations to try for a new connection, in order.</summary>
    public CandidateList Candidates => State?.DestinationsState.AvailableDestinations as CandidateList ?? CandidateList.Empty;
}
