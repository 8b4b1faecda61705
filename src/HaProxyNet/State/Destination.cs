using System.Net;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.State;

/// <summary>One destination of a cluster at run time: a stable identity with volatile references to what is known about it.</summary>
internal sealed class Destination
{
    /// <summary>Stands for every listener that sends no connections: of hundreds, a destination has one or two that do.</summary>
    private static readonly TrafficCounters _unused = new();

    private readonly Lock _adding = new();
    private DestinationModel _model;
    private DestinationCondition _condition;
    private IPEndPoint[] _addresses = [];
    private TrafficCounters[] _traffic = [];
    private MaintenanceDecision _decision = MaintenanceDecision.None;
    private long _lastProven;
    private IPEndPoint? _preferredAddress;
    private string _handshakeFault = "";

    public Destination(
        string clusterName,
        string name,
        DestinationModel model,
        DestinationCondition condition,
        ConnectTelemetry connects,
        IPEndPoint[] addresses)
    {
        ClusterName = clusterName;
        Name = name;
        Connects = connects;
        _model = model;
        _condition = condition;
        _addresses = addresses;
    }

    /// <summary>The name of the cluster it belongs to.</summary>
    public string ClusterName { get; }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>Counts of its connect attempts and probes.</summary>
    public ConnectTelemetry Connects { get; }

    /// <summary>Counts of its drills, by result.</summary>
    public ResultCounters Drills { get; } = new();

    /// <summary>How long it takes to accept.</summary>
    public ResponseTimes AcceptTimes { get; } = new();

    /// <summary>How long the TLS handshakes of connections with it take, for the delay of a hedge.</summary>
    public ResponseTimes HandshakeTimes { get; } = new();

    /// <summary>How long clients waited until they had it.</summary>
    public TimeCounts Waits { get; } = new();

    /// <summary>
    /// How long connections lasted that ended in order: for a client that makes one for each call, how long the call took.
    /// </summary>
    public TimeCounts Calls { get; } = new();

    /// <summary>What the configuration says.</summary>
    public DestinationModel Model => Volatile.Read(ref _model);

    /// <summary>What is known of its health. Only the health reporter writes it.</summary>
    public DestinationCondition Condition
    {
        get => Volatile.Read(ref _condition);
        set => Volatile.Write(ref _condition, value);
    }

    /// <summary>What an operator has decided about it, and where, by whom and when. Written under the group's gate.</summary>
    public MaintenanceDecision Decision
    {
        get => Volatile.Read(ref _decision);
        set => Volatile.Write(ref _decision, value);
    }

    /// <summary>What an operator has decided about it.</summary>
    public Maintenance Maintenance => Decision.Maintenance;

    /// <summary>Its state as operators and connections see it: what an operator decided, else its health.</summary>
    public DestinationStatus Status => Condition.State.Under(Maintenance);

    /// <summary>What its name resolved to last, tried in order; empty before the first success.</summary>
    public IPEndPoint[] Addresses
    {
        get => Volatile.Read(ref _addresses);
        set => Volatile.Write(ref _addresses, value);
    }

    /// <summary>
    /// The address that accepted last, which is tried first; null: none has. It may have left <see cref="Addresses"/> since.
    /// </summary>
    public IPEndPoint? PreferredAddress
    {
        get => Volatile.Read(ref _preferredAddress);
        set
        {
            // Connections all say the same: they are not to fight for the line.
            if (!ReferenceEquals(PreferredAddress, value))
            {
                Volatile.Write(ref _preferredAddress, value);
            }
        }
    }

    /// <summary>Why the last TLS handshake with it has failed, in an operator's words; empty when it has not.</summary>
    public string HandshakeFault
    {
        get => Volatile.Read(ref _handshakeFault);
        set
        {
            // Connections that succeed all say the same: they are not to fight for the line.
            if (!ReferenceEquals(HandshakeFault, value))
            {
                Volatile.Write(ref _handshakeFault, value);
            }
        }
    }

    /// <summary>When it last accepted a connection or probe, in timestamps of the <see cref="TimeProvider"/>; 0: never.</summary>
    public long LastProven
    {
        get => Volatile.Read(ref _lastProven);
        set => Volatile.Write(ref _lastProven, value);
    }

    /// <summary>The counters of connections from every listener that has sent any, by <see cref="Listening.Listener.Index"/>.</summary>
    public IReadOnlyList<TrafficCounters> AllTraffic => Volatile.Read(ref _traffic);

    /// <summary>Connections open now.</summary>
    public long Active
    {
        get
        {
            var open = 0L;
            foreach (var traffic in Volatile.Read(ref _traffic))
            {
                open += traffic.Active;
            }

            return open;
        }
    }

    /// <summary>Takes over what a changed configuration says, and the addresses that go with it.</summary>
    public void Change(DestinationModel model, IPEndPoint[] addresses)
    {
        // The addresses first: a look-up that began for the name before finds another model, and leaves them alone.
        Addresses = addresses;
        Volatile.Write(ref _model, model);
    }

    /// <summary>Whether this is its name; upper and lower case are the same.</summary>
    public bool IsNamed(string name) => string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The counters of connections from one listener.</summary>
    public TrafficCounters Traffic(int listenerIndex)
    {
        var traffic = Volatile.Read(ref _traffic);
        return (uint)listenerIndex < (uint)traffic.Length && traffic[listenerIndex] is var counters && !ReferenceEquals(counters, _unused)
            ? counters
            : AddTraffic(listenerIndex);
    }

    /// <summary>The listener of this index has gone, and another one is to get the index.</summary>
    public void ForgetTraffic(int listenerIndex)
    {
        lock (_adding)
        {
            if (listenerIndex < _traffic.Length)
            {
                TrafficCounters[] traffic = [.. _traffic];
                traffic[listenerIndex] = _unused;
                Volatile.Write(ref _traffic, traffic);
            }
        }
    }

    private TrafficCounters AddTraffic(int listenerIndex)
    {
        lock (_adding)
        {
            var traffic = _traffic;
            if (listenerIndex >= traffic.Length || ReferenceEquals(traffic[listenerIndex], _unused))
            {
                traffic = [.. traffic, .. Enumerable.Repeat(_unused, Math.Max(0, listenerIndex + 1 - traffic.Length))];
                traffic[listenerIndex] = new TrafficCounters();
                Volatile.Write(ref _traffic, traffic);
            }

            return traffic[listenerIndex];
        }
    }
}
