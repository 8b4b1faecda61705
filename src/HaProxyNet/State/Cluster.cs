using HaProxyNet.State.Selecting;
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
    private DestinationSelector _selector;
    private FailoverGroup _group;
    private ClusterState? _state;
    private Destination[] _retired = [];

    public Cluster(string name, ClusterPlan plan, DestinationSelector selector, FailoverGroup group, TimeProvider time)
    {
        Name = name;
        (_plan, _selector, _group) = (plan, selector, group);
        Active = new ActiveDestination(time);
        Active.Begin(plan.Destinations.MinBy(d => d.Model.Tier));
    }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>
    /// The clusters that choose their active destination together with this one; alone unless the configuration names a group.
    /// </summary>
    public FailoverGroup Group
    {
        get => Volatile.Read(ref _group);
        set => Volatile.Write(ref _group, value);
    }

    /// <summary>Puts the candidates into the order for one connection.</summary>
    public DestinationSelector Selector
    {
        get => Volatile.Read(ref _selector);
        set => Volatile.Write(ref _selector, value);
    }

    /// <summary>Which destination new connections go to, and how often that changed. Guarded by the group's gate.</summary>
    public ActiveDestination Active { get; }

    /// <summary>Connections that went on to another destination while they connected.</summary>
    public TransitionCounters FallThroughs { get; } = new();

    /// <summary>Connections for which a second destination was tried because the first one was slow.</summary>
    public HedgeCounters Hedges { get; } = new();

    /// <summary>Whether clients find a destination.</summary>
    public ClusterService Service { get; } = new();

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

    /// <summary>A destination of this name; none when there is none.</summary>
    public Destination? Find(string? name) => name is null ? null : Array.Find(Plan.Destinations, d => d.IsNamed(name));

    /// <summary>
    /// Whether a destination is given new connections first: one, or all equal ones where the policy spreads connections.
    /// </summary>
    public bool IsActive(Destination destination)
        => ReferenceEquals(destination, Active.Current)
            || (Plan.IsBalanced
                && Candidates is var candidates
                && Array.IndexOf(candidates.Destinations, destination, 0, candidates.Equal) >= 0);

    /// <summary>The destinations to try for a new connection, in order.</summary>
    public CandidateList Candidates => State?.DestinationsState.AvailableDestinations as CandidateList ?? CandidateList.Empty;
}
