using System.Net;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Terminating;

namespace HaProxyNet.Listening;

/// <summary>
/// A listener at run time: a stable identity, by its name, around the plan that is in force, the socket that accepts for it, and its
/// counters.
/// </summary>
internal sealed class Listener
{
    private readonly Lock _adding = new();
    private (Cluster? Cluster, TrafficCounters Counters)[] _unconnected = [];
    private ListenerPlan _plan;
    private ListeningSocket? _socket;
    private Task _ready = Task.CompletedTask;
    private string? _lastServerName;
    private int _open;

    /// <summary>Makes a listener with its first plan.</summary>
    public Listener(string name, int index, Func<Listener, ListenerPlan> plan)
    {
        (Name, Index) = (name, index);
        _plan = plan(this);
    }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>
    /// Where the counters of this listener are found at a destination without a look-up. No two known listeners have the same.
    /// </summary>
    public int Index { get; }

    /// <summary>
    /// What it waits for at the start before it accepts: the names of its clusters' destinations. What connects waits in the backlog.
    /// </summary>
    public Task Ready
    {
        get => Volatile.Read(ref _ready);
        set => Volatile.Write(ref _ready, value);
    }

    /// <summary>What the configuration says of it now.</summary>
    public ListenerPlan Plan
    {
        get => Volatile.Read(ref _plan);
        set => Volatile.Write(ref _plan, value);
    }

    /// <summary>The socket that accepts for it; null: it is not configured any more, or not yet in service.</summary>
    public ListeningSocket? Socket
    {
        get => Volatile.Read(ref _socket);
        set => Volatile.Write(ref _socket, value);
    }

    /// <summary>The address that is bound: with the real port where 0 was configured. Null while none is.</summary>
    public IPEndPoint? BoundAddress => Socket?.BoundAddress;

    /// <summary>Whether clients are refused because no destination can be used.</summary>
    public bool IsPaused => Socket is { IsPaused: true };

    /// <summary>Whether a client can connect now: the one answer for status, page and explain.</summary>
    public bool Listens => BoundAddress is not null && !IsPaused;

    /// <summary>Connections that were refused, by reason.</summary>
    public RefusalCounters Refused { get; } = new();

    /// <summary>Handshakes with its clients, where TLS ends here.</summary>
    public HandshakeCounters Handshakes { get; } = new();

    /// <summary>Connections to a cluster that ended without a destination; no cluster: those that ended before they had one.</summary>
    public TrafficCounters Unconnected(Cluster? cluster)
    {
        foreach (var (known, counters) in Volatile.Read(ref _unconnected))
        {
            if (ReferenceEquals(known, cluster))
            {
                return counters;
            }
        }

        return Add(cluster);
    }

    /// <summary>The server name as it is kept for a connection: one string for all, as long as all ask for the same.</summary>
    public string? Share(string? serverName)
    {
        var last = Volatile.Read(ref _lastServerName);
        if (last == serverName)
        {
            return last;
        }

        Volatile.Write(ref _lastServerName, serverName);
        return serverName;
    }

    /// <summary>Its connections that wait for their clients.</summary>
    public WaitingClients Waiting { get; } = new();

    /// <summary>Connections open now, refused ones not counted.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Counts one more connection in, and returns how many are open with it.</summary>
    public int Enter() => Interlocked.Increment(ref _open);

    /// <summary>Counts a connection out.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);

    private TrafficCounters Add(Cluster? cluster)
    {
        lock (_adding)
        {
            if (Array.Find(_unconnected, u => ReferenceEquals(u.Cluster, cluster)) is { Counters: not null } known)
            {
                return known.Counters;
            }

            var added = new TrafficCounters();
            Volatile.Write(ref _unconnected, [.. _unconnected, (cluster, added)]);
            return added;
        }
    }
}
