using System.Net;
using HaProxyNet.Admission;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls;
using HaProxyNet.Transport;

namespace HaProxyNet.Listening;

/// <summary>A listener at run time: its settings, its cluster and how many connections it has open.</summary>
internal sealed class Listener
{
    private ProxyConnectionListener? _listening;
    private IPEndPoint? _boundAddress;
    private readonly TrafficCounters[] _unconnected;
    private string? _lastServerName;
    private int _open;

    public Listener(
        string name, int index, IPEndPoint address, Cluster? cluster, AdmissionRules rules, TimeSpan? firstByte = null,
        IReadOnlyList<(string ServerName, Cluster Cluster)>? routes = null)
    {
        Name = name;
        Index = index;
        Address = address;
        Cluster = cluster;
        Rules = rules;
        FirstByte = firstByte;
        Routes = routes is { Count: > 0 } ? new ServerNameTable<Cluster>(routes) : null;
        Clusters = [.. (cluster is null ? [] : new[] { cluster }).Concat(routes?.Select(r => r.Cluster) ?? []).Distinct()];
        _unconnected = [.. Enumerable.Range(0, Clusters.Count + 1).Select(_ => new TrafficCounters())];
    }

    /// <summary>The name in the configuration.</summary>
    public string Name { get; }

    /// <summary>The position among all listeners: where per-listener counters of a destination are found without a look-up.</summary>
    public int Index { get; }

    /// <summary>The configured address.</summary>
    public IPEndPoint Address { get; }

    /// <summary>The address that is bound: with the real port where 0 was configured. None while the listener is not bound.</summary>
    public IPEndPoint? BoundAddress => Volatile.Read(ref _boundAddress);

    /// <summary>The cluster that serves the connections for which there is no route; none: they are refused.</summary>
    public Cluster? Cluster { get; }

    /// <summary>The clusters by server name; none: all connections go to <see cref="Cluster"/>.</summary>
    public ServerNameTable<Cluster>? Routes { get; }

    /// <summary>Every cluster that can serve its connections, the one for the rest first.</summary>
    public IReadOnlyList<Cluster> Clusters { get; }

    /// <summary>Who may connect, and how many at once.</summary>
    public AdmissionRules Rules { get; }

    /// <summary>How long a client has for its first byte, before which no destination is connected; none: that is not waited for.</summary>
    public TimeSpan? FirstByte { get; }

    /// <summary>How long a client has for a complete TLS hello, before which no destination is connected; none: none is read.</summary>
    public TimeSpan? HelloTimeout { get; init; }

    /// <summary>Connections that were refused, by reason.</summary>
    public RefusalCounters Refused { get; } = new();

    /// <summary>Connections to a cluster that ended without a destination; no cluster: those that ended before they had one.</summary>
    public TrafficCounters Unconnected(Cluster? cluster)
    {
        for (var i = 0; i < Clusters.Count; i++)
        {
            if (ReferenceEquals(Clusters[i], cluster))
            {
                return _unconnected[i];
            }
        }

        return _unconnected[^1];
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

    /// <summary>Connections open now, refused ones not counted.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Notes that the listener is bound.</summary>
    /// <param name="listening">Closes the listening socket.</param>
    /// <param name="address">The address that was bound.</param>
    public void Bound(ProxyConnectionListener listening, IPEndPoint address)
    {
        _listening = listening;
        Volatile.Write(ref _boundAddress, address);
    }

    /// <summary>Notes that the listener is not bound any more.</summary>
    public void Unbound() => Volatile.Write(ref _boundAddress, null);

    /// <summary>Closes the listening socket; open connections go on.</summary>
    public ValueTask StopListeningAsync() => _listening?.UnbindAsync() ?? ValueTask.CompletedTask;

    /// <summary>Whether clients are refused because no destination can be used. Written by <see cref="ListeningGuard"/> alone.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Refuses clients, or accepts them again. One caller at a time.</summary>
    public async Task PauseAsync(bool isPaused)
    {
        if (_listening is not { } listening || BoundAddress is null)
        {
            return;
        }

        await (isPaused ? listening.PauseAsync() : listening.ResumeAsync());
        IsPaused = isPaused;
    }

    /// <summary>Counts one more connection in, and returns how many are open with it.</summary>
    public int Enter() => Interlocked.Increment(ref _open);

    /// <summary>Counts a connection out.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}
