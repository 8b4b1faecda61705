using HaProxyNet.Transport;

namespace HaProxyNet.Tls.Sessions;

/// <summary>
/// Bounds the handshakes that are worked on at once on one listener. The others wait: those of one client in the order in which they came,
/// and clients take turns (<see cref="ClientQueue{T}"/>), so a crowd delays the others by one handshake. A handshake that waits for its
/// client has no turn, so a client that sends nothing, or half of what is due, takes nobody's. Any thread.
/// </summary>
internal sealed class HandshakeTurns(int most)
{
    private readonly Lock _gate = new();
    private readonly ClientQueue<HandshakeTurn> _waiting = new();
    private int _running;

    /// <summary>Handshakes that are worked on.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Takes a turn at once, if there is one and nobody waits for it.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_running >= most)
            {
                return false;
            }

            _running++;
            return true;
        }
    }

    /// <summary>Stands in line.</summary>
    public HandshakeTurn Queue(LaneConnection connection)
    {
        var turn = new HandshakeTurn(connection);
        bool isFree;
        lock (_gate)
        {
            // One may have become free since it was asked for.
            isFree = _running < most;
            if (isFree)
            {
                _running++;
            }
            else
            {
                _waiting.Enqueue(connection.ClientEndPoint.Address, turn);
            }
        }

        if (isFree)
        {
            turn.TryGrant();
        }

        return turn;
    }

    /// <summary>Gives a turn back: to the client whose turn it is, and of its handshakes to the one that has waited longest.</summary>
    public void Leave()
    {
        HandshakeTurn? next;
        do
        {
            lock (_gate)
            {
                if (!_waiting.TryDequeue(out next))
                {
                    _running--;
                    return;
                }
            }
        }
        while (!next.TryGrant());
    }
}
