using HaProxyNet.Connections;
using HaProxyNet.Listening;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Native;
using HaProxyNet.Upgrading.State;

namespace HaProxyNet.Upgrading;

/// <summary>Connections that another process has sent: gathered, and taken over when it says so. One thread.</summary>
internal sealed class AdoptedConnections(
    ListenerDirectory listeners,
    ClusterDirectory clusters,
    TransportEngine engine,
    ConnectionLife life)
{
    private readonly List<HandedRelay> _waiting = [];
    private int _next;

    /// <summary>Keeps connections until <see cref="Begin"/>.</summary>
    public void Add(IEnumerable<HandedRelay> relays) => _waiting.AddRange(relays);

    /// <summary>The places of those whose listener, cluster or destination this process does not have; they are let go here.</summary>
    public IReadOnlyList<int> Refuse()
    {
        int[] refused = [.. Enumerable.Range(0, _waiting.Count).Where(index => Find(_waiting[index]) is null)];
        foreach (var index in refused.Reverse())
        {
            LetGo(_waiting[index]);
            _waiting.RemoveAt(index);
        }

        return refused;
    }

    /// <summary>Goes on with all that wait: the last ones first, for those are the busy ones.</summary>
    public int Begin()
    {
        var lanes = engine.Lanes.OfType<IHandoverLane>().ToList();
        var shares = lanes.Select(_ => new List<HeldRelay>()).ToList();
        var known = new Dictionary<HeldRelay, HandedRelay>(ReferenceEqualityComparer.Instance);
        foreach (var handed in Enumerable.Reverse(_waiting))
        {
            known[handed.Relay] = handed;
            shares[_next++ % lanes.Count].Add(handed.Relay);
        }

        for (var i = 0; i < lanes.Count; i++)
        {
            var lane = lanes[i];
            lane.Adopt(shares[i], (held, client, destination) => Make((Lane)lane, known[held], client, destination), life);
        }

        var count = _waiting.Count;
        _waiting.Clear();
        return count;
    }

    private (Listener Listener, Cluster Cluster, Destination Destination)? Find(HandedRelay handed)
        => engine.Lanes.All(lane => lane is IHandoverLane)
            && listeners.Find(handed.Listener) is { } listener
            && clusters.Find(handed.Cluster) is { } cluster
            && cluster.Find(handed.Destination) is { } destination
            ? (listener, cluster, destination)
            : null;

    private ProxyConnection Make(Lane lane, HandedRelay handed, TransportSocket client, TransportSocket destination)
    {
        var (listener, cluster, to) = Find(handed)!.Value;
        listener.Enter();
        var connection = new ProxyConnection(lane, listener, client, handed.Number)
        {
            AcceptedAt = handed.AcceptedAt,
            Cluster = cluster,
            Destination = to,
            DestinationSocket = destination,
            Reason = handed.Reason,
            ConnectedAt = handed.ConnectedAt,
            OpenIn = to.Traffic(listener.Index),
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
        lane.Add(connection);
        return connection;
    }

    private static void LetGo(HandedRelay handed)
    {
        foreach (var descriptor in handed.Relay.Descriptors)
        {
            _ = Libc.Close(descriptor);
        }
    }
}
