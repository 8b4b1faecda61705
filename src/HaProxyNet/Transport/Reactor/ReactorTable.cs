namespace HaProxyNet.Transport.Reactor;

/// <summary>The sockets of one lane by slot. A slot is used again, with its object, at the end of the turn in which it was closed.</summary>
internal sealed class ReactorTable(ReactorLane lane)
{
    private readonly List<ReactorSocket> _sockets = [];
    private readonly Stack<ReactorSocket> _free = new();
    private readonly List<ReactorSocket> _closed = [];

    /// <summary>A socket without a descriptor.</summary>
    public ReactorSocket Take()
    {
        if (_free.TryPop(out var socket))
        {
            return socket;
        }

        socket = new ReactorSocket(lane, _sockets.Count);
        _sockets.Add(socket);
        return socket;
    }

    /// <summary>The socket that an event is meant for; none when it has been closed since.</summary>
    public ReactorSocket? Find(ulong eventData)
    {
        var socket = _sockets[(int)(uint)eventData];
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
    public IEnumerable<ReactorSocket> Open => _sockets.Where(s => s.Descriptor >= 0);

    /// <summary>The connections whose client is open.</summary>
    public IReadOnlyList<ProxyConnection> Connections()
        => [.. Open.Select(s => s.Connection).OfType<ProxyConnection>()];
}
