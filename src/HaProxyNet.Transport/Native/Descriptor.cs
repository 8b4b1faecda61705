using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Transport.Native;

/// <summary>The calls on socket descriptors that need more than a line.</summary>
internal static unsafe class Descriptor
{
    /// <summary>Opens a non-blocking TCP socket; below zero: no, see errno.</summary>
    public static int OpenTcp(int family)
        => Libc.Socket(family, Linux.SocketStream | Linux.SocketNonBlocking | Linux.SocketCloseOnExec, 0);

    /// <summary>Sets an option whose value is a number; the errno, or 0.</summary>
    public static int SetOption(int descriptor, int level, int name, int value)
        => Libc.SetOption(descriptor, level, name, &value, sizeof(int)) < 0 ? Errno.Last : 0;

    /// <summary>Sets an option or throws.</summary>
    /// <exception cref="SocketException">The system refused.</exception>
    public static void RequireOption(int descriptor, int level, int name, int value)
        => Require(SetOption(descriptor, level, name, value));

    /// <summary>Throws unless the errno is 0.</summary>
    /// <exception cref="SocketException">The errno, in .NET's words.</exception>
    public static void Require(int errno)
    {
        if (errno != 0)
        {
            throw new SocketException((int)Errno.ToSocketError(errno));
        }
    }

    /// <summary>The pending error of a socket, which is cleared by asking.</summary>
    public static int TakeError(int descriptor)
    {
        int error;
        uint length = sizeof(int);
        return Libc.GetOption(descriptor, Linux.LevelSocket, Linux.OptionError, &error, &length) < 0 ? Errno.Last : error;
    }

    /// <summary>
    /// Whether a connected socket has reached itself: the system may give a connect to a closed port of this machine that very port as its
    /// source. Only then both ends have one port, and the peer's name is asked for as well.
    /// </summary>
    public static bool IsConnectedToItself(int descriptor, int port)
    {
        RawAddress local, peer;
        uint length = RawAddress.Size;
        if (Libc.LocalName(descriptor, &local, &length) < 0 || local.Port != port)
        {
            return false;
        }

        length = RawAddress.Size;
        return Libc.PeerName(descriptor, &peer, &length) == 0 && peer.ToPeer().Is(local.ToPeer());
    }

    /// <summary>Limits how long a silent peer is believed to live: turns keepalive on, and sets the user timeout.</summary>
    public static void Limit(int descriptor, SilenceLimits limits)
    {
        SetOption(descriptor, Linux.LevelTcp, Linux.TcpUserTimeout, limits.UserTimeoutMilliseconds);
        SetOption(descriptor, Linux.LevelTcp, Linux.TcpKeepIdle, limits.IdleSeconds);
        SetOption(descriptor, Linux.LevelTcp, Linux.TcpKeepInterval, limits.IntervalSeconds);
        SetOption(descriptor, Linux.LevelTcp, Linux.TcpKeepCount, limits.Probes);
        SetOption(descriptor, Linux.LevelSocket, Linux.OptionKeepAlive, 1);
    }

    /// <summary>Bytes given to a socket that its peer has not acknowledged (SIOCOUTQ, tcp(7)); below zero: unknown.</summary>
    public static int Unacknowledged(int descriptor)
    {
        int count;
        return Libc.DeviceControl(descriptor, Linux.SendQueueLength, &count) < 0 ? -1 : count;
    }

    /// <summary>SO_ORIGINAL_DST: where a connection was to go before NAT; null: nothing has redirected it.</summary>
    public static IPEndPoint? OriginalDestination(int descriptor)
    {
        RawAddress address;
        uint length = RawAddress.Size;
        return Libc.GetOption(descriptor, Linux.LevelIP, Linux.OriginalDestination, &address, &length) == 0
            || Libc.GetOption(descriptor, Linux.LevelIPv6, Linux.OriginalDestination, &address, &length) == 0
            ? address.ToEndPoint()
            : null;
    }

    /// <summary>Whether an urgent byte stands ahead. Reads stop there; one that only looks gets no further, however often.</summary>
    public static bool StopsAtUrgentByte(int descriptor)
    {
        byte urgent;
        int isThere;
        return Libc.Receive(descriptor, &urgent, 1, Linux.MessageUrgent | Linux.MessagePeek) == 1
            && Libc.DeviceControl(descriptor, Linux.AtUrgentMark, &isThere) == 0
            && isThere == 0;
    }

    /// <summary>What is on its way to a socket's peer; false: an old system does not say.</summary>
    public static bool TryReadSendQueue(int descriptor, out SendQueue queue)
    {
        var info = stackalloc byte[SendQueue.InfoSize];
        uint length = SendQueue.InfoSize;
        var isKnown = Libc.GetOption(descriptor, Linux.LevelTcp, Linux.TcpInfo, info, &length) == 0 && length == SendQueue.InfoSize;
        queue = isKnown ? SendQueue.Parse(new ReadOnlySpan<byte>(info, SendQueue.InfoSize)) : default;
        return isKnown;
    }

    /// <summary>Another descriptor of the same socket; below zero: see errno.</summary>
    public static int Duplicate(int descriptor) => Libc.FileControl(descriptor, Linux.DuplicateCloseOnExec, 0);

    /// <summary>
    /// Sends what a close would send, RST or FIN, although another process has the socket too: close(2) waits for the last of them.
    /// </summary>
    public static void EndForAll(int descriptor, bool resets)
    {
        if (resets)
        {
            // connect(2) to no family takes a connection apart; a close that resets does the same (the kernel's tcp_disconnect).
            var nowhere = default(RawAddress);
            Libc.Connect(descriptor, &nowhere, RawAddress.Size);
        }
        else
        {
            Libc.Shutdown(descriptor, Linux.ShutdownBoth);
        }
    }

    /// <summary>Closes with RST: SO_LINGER on with no time drops what was not sent (socket(7)).</summary>
    public static void Reset(int descriptor)
    {
        var linger = stackalloc int[2] { 1, 0 };
        Libc.SetOption(descriptor, Linux.LevelSocket, Linux.OptionLinger, linger, 2 * sizeof(int));
        Libc.Close(descriptor);
    }
}
