namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// The sockets of one lane by slot. A slot is used again, with its object, at the end of the turn in which it was closed.
/// </summary>
internal sealed class ReactorTable(ReactorLane lane)
{
    /// <summary>Slots are made by the page, so that a growing table is never copied.</summary>
    private const int Page = 256;

    private readonly List<ReactorSocket[]> _pages = [];
    private readonly Stack<ReactorSocket> _free = new();
    private readonly List<ReactorSocket> _closed = [];
    private int _count;

    /// <summary>A socket without a descriptor.</summary>
    public ReactorSocket Take()
    {
        if (_free.TryPop(out var socket))
        {
            return socket;
        }

        if (_count == _pages.Count * Page)
        {
            _pages.Add(new ReactorSocket[Page]);
        }

        socket = new ReactorSocket(lane, _count);
        _pages[_count / Page][_count % Page] = socket;
        _count++;
        return socket;
    }

    /// <summary>The socket that an event is meant for; none when it has been closed since.</summary>
    public ReactorSocket? Find(ulong eventData)
    {
        var socket = At((uint)eventData);
        return socket.EventData == eventData && socket.Descriptor >= 0 ? socket : null;
    }

    /// <summary>Notes a closed socket.</summary>
    public void ReleaseLater(ReactorSocket socket) => _closed.Add(socket);

    /// <summary>Makes the sockets that were closed in this turn available.</summary>
    public void ReleaseClosed()
    {
        foreach (var socket in _closed)
        {
            _free.Push(socket);
        }

        _closed.Clear();
    }

    /// <summary>The sockets that are open.</summary>
    public IEnumerable<ReactorSocket> Open
    {
        get
        {
            for (var slot = 0u; slot < _count; slot++)
            {
                if (At(slot) is { Descriptor: >= 0 } socket)
                {
                    yield return socket;
                }
            }
        }
    }

    /// <summary>The connections whose client is open.</summary>
    public IReadOnlyList<LaneConnection> Connections()
        => [.. Open.Select(s => s.Connection).OfType<LaneConnection>()];

    private ReactorSocket At(uint slot) => _pages[(int)(slot / Page)][slot % Page];
}
