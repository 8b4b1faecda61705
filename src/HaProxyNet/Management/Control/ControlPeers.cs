namespace HaProxyNet.Management.Control;

/// <summary>
/// Bounds the connections to the control socket. A newcomer is let in: the one that has been waited for the longest makes room for it, so
/// that scripts that hang, and have sent no whole line or do not read their answer, keep no operator out. Any thread.
/// </summary>
/// <param name="most">How many may be open at once.</param>
internal sealed class ControlPeers(int most)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<ControlPeer> _peers = [];

    /// <summary>Whether nobody is there.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _peers.Count == 0;
            }
        }
    }

    /// <summary>Lets a peer in; false when all others are being worked for.</summary>
    public bool TryEnter(ControlPeer peer)
    {
        lock (_gate)
        {
            if (_peers.Count >= most && !TryMakeRoom())
            {
                return false;
            }

            _peers.AddLast(peer);
            return true;
        }
    }

    /// <summary>It has ended.</summary>
    public void Leave(ControlPeer peer)
    {
        lock (_gate)
        {
            _peers.Remove(peer);
        }
    }

    private bool TryMakeRoom()
    {
        for (var oldest = _peers.First; oldest is not null; oldest = oldest.Next)
        {
            if (oldest.Value.TryEnd())
            {
                _peers.Remove(oldest);
                return true;
            }
        }

        return false;
    }
}
