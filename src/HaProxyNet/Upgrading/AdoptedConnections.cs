using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>
/// Connections that another process has sent: prepared while it still moves their bytes, and taken over when it says so. One thread.
/// </summary>
internal sealed class AdoptedConnections(
    ListenerDirectory listeners,
    ClusterDirectory clusters,
    TransportEngine engine,
    ConnectionLife life)
{
    private readonly Dictionary<long, AdoptedRelay> _waiting = [];
    private readonly List<AdoptedRelay> _unprepared = [];
    private readonly List<long> _refused = [];
    private readonly List<AdoptedRelay> _dropped = [];
    private readonly IHandoverLane[] _lanes = [.. engine.Lanes.OfType<IHandoverLane>()];
    private int _next;

    /// <summary>Keeps connections until <see cref="Begin"/>, or lets those go whose listener, cluster or destination is not here.</summary>
    /// <exception cref="HandoverException">A connection has come twice.</exception>
    public void Add(IEnumerable<HandedRelay> relays)
    {
        foreach (var handed in relays)
        {
            if (_waiting.ContainsKey(handed.Number))
            {
                throw new HandoverException($"connection {handed.Number} was sent twice");
            }

            if (Find(handed) is { } relay)
            {
                _waiting.Add(handed.Number, relay);
                _unprepared.Add(relay);
            }
            else
            {
                _refused.Add(handed.Number);
                Close(handed.Relay.Descriptors);
            }
        }
    }

    /// <summary>Makes the lanes ready for those that have come.</summary>
    public async Task PrepareAsync()
    {
        await Task.WhenAll(_unprepared.GroupBy(relay => relay.Lane).Select(part => part.Key.PrepareAsync([.. part])));
        foreach (var relay in _unprepared.Where(relay => relay.Client is null || relay.Destination is null))
        {
            _refused.Add(relay.Handed.Number);
            Drop(relay);
        }

        _unprepared.Clear();
    }

    /// <summary>How many were not taken in all.</summary>
    public int RefusedInAll { get; private set; }

    /// <summary>The numbers of those that were not taken since this was last asked.</summary>
    public IReadOnlyList<long> TakeRefused()
    {
        long[] refused = [.. _refused];
        RefusedInAll += refused.Length;
        _refused.Clear();
        return refused;
    }

    /// <summary>Notes what has happened on connections since they came.</summary>
    /// <exception cref="HandoverException">Such a connection has not come.</exception>
    public void Change(IEnumerable<RelayChange> changes)
    {
        foreach (var change in changes)
        {
            var relay = _waiting.GetValueOrDefault(change.Number)
                ?? throw new HandoverException($"connection {change.Number} has changed and was never sent");
            relay.Relay = change.Of(relay.Relay);
            relay.IsBusy = true;
        }
    }

    /// <summary>Connections that the other process has ended are not gone on with.</summary>
    public void Forget(IEnumerable<long> ended)
    {
        foreach (var number in ended)
        {
            if (_waiting.GetValueOrDefault(number) is { } relay)
            {
                Drop(relay);
            }
        }
    }

    /// <summary>Goes on with all that wait, the busy ones first.</summary>
    public int Begin()
    {
        _unprepared.ForEach(relay => relay.IsBusy = true);
        var busy = ByLane(_waiting.Values.Where(relay => relay.IsBusy));
        foreach (var part in busy.Concat(ByLane(_waiting.Values.Where(relay => !relay.IsBusy))))
        {
            part.Key.Adopt([.. part], (relay, client, destination) => Make((AdoptedRelay)relay, client, destination), life);
        }

        foreach (var part in ByLane(_dropped))
        {
            part.Key.Drop([.. part]);
        }

        var count = _waiting.Count;
        _waiting.Clear();
        _unprepared.Clear();
        _dropped.Clear();
        return count;
    }

    private AdoptedRelay? Find(HandedRelay handed)
        => _lanes.Length == engine.Lanes.Count
            && listeners.Find(handed.Listener) is { } listener
            && clusters.Find(handed.Cluster) is { } cluster
            && cluster.Find(handed.Destination) is { } destination
            ? new AdoptedRelay(handed, _lanes[_next++ % _lanes.Length], listener, cluster, destination)
            : null;

    /// <summary>Its sockets are closed when there is time for that.</summary>
    private void Drop(AdoptedRelay relay)
    {
        _waiting.Remove(relay.Handed.Number);
        _dropped.Add(relay);
    }

    private static IEnumerable<IGrouping<IHandoverLane, AdoptedRelay>> ByLane(IEnumerable<AdoptedRelay> relays)
        => relays.GroupBy(relay => relay.Lane);

    private static ProxyConnection Make(AdoptedRelay relay, TransportSocket client, TransportSocket destination)
    {
        var (handed, listener) = (relay.Handed, relay.Listener);
        listener.Enter();
        var connection = new ProxyConnection((Lane)relay.Lane, listener, client, handed.Number)
        {
            AcceptedAt = handed.AcceptedAt,
            Cluster = relay.Cluster,
            Destination = relay.ToDestination,
            DestinationSocket = destination,
            Reason = handed.Reason,
            ConnectedAt = handed.ConnectedAt,
            OpenIn = relay.ToDestination.Traffic(listener.Index),
        };
        connection.TryBegin();
        for (var attempt = 0; attempt < handed.Attempts; attempt++)
        {
            connection.CountAttempt();
        }

        if (handed.Introduced is { } introduced)
        {
            connection.Introduced = introduced;
        }

        if (handed.TlsVersion.Length > 0)
        {
            connection.TlsVersion = handed.TlsVersion;
        }

        if (handed.ServerName.Length > 0)
        {
            connection.ServerName = listener.Share(handed.ServerName);
        }

        connection.OpenIn.Open();
        connection.Lane.Add(connection);
        return connection;
    }

    private static void Close(IEnumerable<int> descriptors)
    {
        foreach (var descriptor in descriptors)
        {
            _ = Libc.Close(descriptor);
        }
    }
}
