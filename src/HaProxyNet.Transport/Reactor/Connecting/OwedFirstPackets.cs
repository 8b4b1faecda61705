using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Transport.Reactor.Connecting;

/// <summary>
/// Destinations that have accepted before their client has sent a byte. The ACK that ends such a handshake is held back, and a PROXY header
/// with it, because both can ride on the client's first bytes: a packet less each, and a tenth of what a short connection costs. But the
/// server may be the one who speaks first, and must not wait for the kernel's own patience (40 ms and more): what has not gone out after a
/// millisecond is sent. On the lane only.
/// </summary>
internal sealed class OwedFirstPackets(ReactorLane lane)
{
    /// <summary>The shortest wait that epoll_wait(2) knows.</summary>
    private const int WaitMilliseconds = 1;

    private readonly Queue<(ReactorSocket Socket, uint Generation, long Due)> _owed = new();
    private readonly long _patience = lane.ToTimestamp(TimeSpan.FromMilliseconds(WaitMilliseconds));

    /// <summary>How long the lane may sleep, in milliseconds; below zero: no limit.</summary>
    public int LongestSleep => _owed.Count > 0 ? WaitMilliseconds : -1;

    /// <summary>This destination's first packet has not gone out yet.</summary>
    public void Add(ReactorSocket socket)
    {
        socket.OwesFirstPacket = true;
        _owed.Enqueue((socket, socket.Generation, lane.Now + _patience));
    }

    /// <summary>Sends those that have waited long enough, and forgets those that have gone out with bytes.</summary>
    public void Pay(long now)
    {
        while (_owed.TryPeek(out var first))
        {
            var isOpen = first.Socket.Generation == first.Generation && first.Socket.OwesFirstPacket;
            if (isOpen && first.Due > now)
            {
                return;
            }

            _owed.Dequeue();
            if (isOpen)
            {
                first.Socket.SendFirstPacket();
            }
        }
    }
}
