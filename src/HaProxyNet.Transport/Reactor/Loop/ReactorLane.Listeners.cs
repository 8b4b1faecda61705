using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Listening;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>The listening sockets that this lane accepts from.</content>
internal sealed partial class ReactorLane
{
    /// <summary>
    /// Slots from here on are listeners. Kinds are told apart by the slot alone: the generation next to it counts uses of a socket, and
    /// wraps in the life of a busy process.
    /// </summary>
    private const uint ListenerSlots = 0x8000_0000;

    private readonly List<ReactorAcceptor?> _listeners = [];

    /// <summary>Begins to accept from a listening descriptor. On the lane.</summary>
    /// <returns>0, or the errno.</returns>
    public int StartAccepting(ReactorAcceptor acceptor)
    {
        var index = _listeners.IndexOf(acceptor);
        if (index < 0)
        {
            index = _listeners.IndexOf(item: null);
            index = index < 0 ? _listeners.Count : index;
            if (index == _listeners.Count)
            {
                _listeners.Add(acceptor);
            }

            _listeners[index] = acceptor;
        }

        // Exclusive: one waiting lane is woken for a connection, not all (epoll_ctl(2), Linux 4.5).
        var error = EpollEvents.Add(_epoll, acceptor.Descriptor, Linux.EventIn | Linux.EventExclusive, ListenerSlots + (uint)index);
        if (error != Errno.Invalid)
        {
            return error;
        }

        Limits.ExclusiveRefused();
        return EpollEvents.Add(_epoll, acceptor.Descriptor, Linux.EventIn, ListenerSlots + (uint)index);
    }

    /// <summary>Stops to accept; the descriptor stays open. On the lane.</summary>
    public void StopAccepting(ReactorAcceptor acceptor) => EpollEvents.Remove(_epoll, acceptor.Descriptor);

    /// <summary>
    /// Stops to accept, and gives the place in the list to the next listener. An event of this turn then finds none, or another one that
    /// has nothing to accept.
    /// </summary>
    public void Forget(ReactorAcceptor acceptor)
    {
        StopAccepting(acceptor);
        if (_listeners.IndexOf(acceptor) is >= 0 and var index)
        {
            _listeners[index] = null;
        }
    }
}
