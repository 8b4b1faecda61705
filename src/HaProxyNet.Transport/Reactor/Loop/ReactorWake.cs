using System.Net.Sockets;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>
/// Wakes a lane from other threads: an eventfd(2) in its epoll instance. One write is enough for everything until the lane looks.
/// </summary>
internal sealed unsafe class ReactorWake
{
    private readonly int _descriptor;
    private int _pending;

    /// <param name="epoll">The lane's epoll instance.</param>
    /// <param name="data">The event data that says that it is this.</param>
    /// <exception cref="SocketException">The system gives none.</exception>
    public ReactorWake(int epoll, ulong data)
    {
        _descriptor = Libc.EventDescriptor(0, Linux.EventNonBlocking | Linux.EventCloseOnExec);
        if (_descriptor < 0 || EpollEvents.Add(epoll, _descriptor, Linux.EventIn | Linux.EventEdge, data) != 0)
        {
            throw new SocketException((int)Errno.ToSocketError(Errno.Last));
        }
    }

    /// <summary>Wakes the lane. Any thread; after the end nothing happens.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _pending, 1) == 0)
        {
            ulong one = 1;
            _ = Libc.Write(_descriptor, &one, sizeof(ulong));
        }
    }

    /// <summary>
    /// The lane is awake. What was given to it before a ring that does not wake it any more is there to be seen after this.
    /// </summary>
    public void Heard()
    {
        _ = TryRead();

        // A full fence: a thread that finds the ring still pending must have its work, or its alarm, seen from here on.
        Interlocked.Exchange(ref _pending, 0);
    }

    /// <summary>
    /// Ends it, once the lane looks no more. Some still ring, an alarm or a probe; the number of a closed descriptor is soon somebody
    /// else's, to whom a late write would be data. So it stays rung for good, and a thread that is about to write is waited for: that takes
    /// no longer than its call.
    /// </summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _pending, 1) != 0)
        {
            var wait = default(SpinWait);
            while (!TryRead())
            {
                wait.SpinOnce();
            }
        }

        _ = Libc.Close(_descriptor);
    }

    private bool TryRead()
    {
        ulong ignored;
        return Libc.Read(_descriptor, &ignored, sizeof(ulong)) > 0;
    }
}
