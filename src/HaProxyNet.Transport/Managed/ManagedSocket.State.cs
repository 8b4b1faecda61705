using System.Net.Sockets;

namespace HaProxyNet.Transport.Managed;

/// <content>What the system knows of the connection, from TCP_INFO. Elsewhere than on Linux it does not say.</content>
internal sealed partial class ManagedSocket
{
    /// <summary>Level and number of TCP_INFO in tcp(7).</summary>
    private const int TcpLevel = 6;
    private const int TcpInfo = 11;

    /// <summary>Places in TCP_INFO: sent again, and keepalive's and the window's questions, without an answer (linux/tcp.h).</summary>
    private const int TcpInfoRetransmits = 2;
    private const int TcpInfoProbes = 3;

    /// <summary>TCP_CLOSE, the state of a connection that was reset (include/net/tcp_states.h).</summary>
    private const byte StateClosed = 7;

    /// <summary>TCP_CLOSE_WAIT: the peer has sent its FIN.</summary>
    private const byte StateCloseWait = 8;

    public override bool TryReadSendQueue(out SendQueue queue)
    {
        Span<byte> info = stackalloc byte[SendQueue.InfoSize];
        var isKnown = TryReadInfo(info);
        queue = isKnown ? SendQueue.Parse(info) : default;
        return isKnown;
    }

    /// <summary>
    /// Whether the connection was reset although no read has said so: Linux tells an error once, and a write may have taken it. Only
    /// meaningful while our FIN has not been sent. Elsewhere than on Linux: false.
    /// </summary>
    public bool WasReset() => HasState(StateClosed);

    /// <summary>
    /// Whether the connection is over, and the peer had been asked again and again before: without an answer, as far as the system still
    /// tells. Elsewhere than on Linux: false.
    /// </summary>
    public bool WasGivenUp()
    {
        Span<byte> info = stackalloc byte[TcpInfoProbes + 1];
        return TryReadInfo(info) && info[0] == StateClosed && (info[TcpInfoRetransmits] > 0 || info[TcpInfoProbes] > 0);
    }

    /// <summary>Whether the peer's FIN is there, maybe behind bytes that were not read yet. Elsewhere than on Linux: false.</summary>
    public bool HasEnded() => HasState(StateCloseWait);

    private bool HasState(byte state)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        // One that was closed meanwhile has every state that is asked for.
        Span<byte> info = [state];
        return !TryReadInfo(info) || info[0] == state;
    }

    /// <summary>The first bytes of what the system knows of the connection; false where it tells nothing.</summary>
    private bool TryReadInfo(Span<byte> info)
    {
        try
        {
            return OperatingSystem.IsLinux() && _socket.GetRawSocketOption(TcpLevel, TcpInfo, info) == info.Length;
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
