using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Listening;

/// <summary>
/// The connections of a listener whose clients have not sent yet what is waited for before anything is connected: a TLS hello, a handshake,
/// a first byte. Where places run out they make room for new ones, so that strangers who send half of it keep nobody out. Any thread.
/// </summary>
internal sealed class WaitingClients
{
    /// <summary>One in so many makes room at once: looking for them takes longer the more there are.</summary>
    private const int PartAtOnce = 16;

    private readonly Lock _gate = new();
    private readonly List<(LaneConnection? Connection, long Since)> _places = [];
    private readonly Stack<int> _free = new();
    private long _entered;
    private int _roomMade;

    /// <summary>One begins to wait; returns its place.</summary>
    public int Enter(LaneConnection connection)
    {
        lock (_gate)
        {
            var entry = ((LaneConnection?)connection, _entered++);
            if (_free.TryPop(out var place))
            {
                _places[place] = entry;
                return place;
            }

            _places.Add(entry);
            return _places.Count - 1;
        }
    }

    /// <summary>It waits no more.</summary>
    public void Leave(LaneConnection connection, int place)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_places[place].Connection, connection))
            {
                Free(place);
            }
        }
    }

    /// <summary>Whether some that wait end soon, so that a new connection can have a place.</summary>
    public bool TryMakeRoom()
    {
        lock (_gate)
        {
            if (_roomMade > 0)
            {
                _roomMade--;
                return true;
            }
        }

        var ended = MakeRoom(PartAtOnce);
        if (ended == 0)
        {
            return false;
        }

        lock (_gate)
        {
            _roomMade += ended - 1;
        }

        return true;
    }

    /// <summary>Ends one in so many of those that wait; returns how many.</summary>
    public int MakeRoom(int oneIn)
    {
        List<LaneConnection> chosen = [];
        lock (_gate)
        {
            var waiting = _places
                .Select((p, place) => (Place: place, p.Connection, p.Since))
                .Where(w => w.Connection is not null)
                .Select(w => new WaitingClient(w.Place, w.Connection!.ClientEndPoint.Address, w.Since))
                .ToList();
            foreach (var place in Choose(waiting, (waiting.Count + oneIn - 1) / oneIn))
            {
                chosen.Add(_places[place].Connection!);
                Free(place);
            }
        }

        foreach (var connection in chosen)
        {
            connection.Lane.RequestAbort(connection, ConnectionOutcome.CrowdedOut);
        }

        return chosen.Count;
    }

    /// <summary>
    /// The places that are to be freed: those of the site that has more than all others together, if there is one, else of all; within the
    /// site those of the address of which that is true; those that have waited longest. Pure.
    /// </summary>
    public static IEnumerable<int> Choose(IReadOnlyCollection<WaitingClient> waiting, int count)
    {
        var among = Crowd(Crowd(waiting, w => ClientSite.From(w.Address)), w => w.Address);
        return among.OrderBy(w => w.Since).Take(count).Select(w => w.Place);
    }

    private static IReadOnlyCollection<WaitingClient> Crowd<TKey>(
        IReadOnlyCollection<WaitingClient> waiting, Func<WaitingClient, TKey> key)
    {
        var crowd = waiting.GroupBy(key).Select(g => g.ToList()).MaxBy(g => g.Count);
        return crowd?.Count > waiting.Count / 2 ? crowd : waiting;
    }

    private void Free(int place)
    {
        _places[place] = default;
        _free.Push(place);
    }
}
