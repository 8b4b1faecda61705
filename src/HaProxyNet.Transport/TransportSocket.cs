using System.Net;

namespace HaProxyNet.Transport;

/// <summary>One side of a connection: a TCP socket of an engine.</summary>
internal abstract class TransportSocket
{
    /// <summary>The peer's address.</summary>
    public abstract IPEndPoint RemoteEndPoint { get; }

    /// <summary>The same; asking makes no object.</summary>
    public virtual PeerAddress Peer => PeerAddress.Of(RemoteEndPoint);

    /// <summary>Our address on this socket.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>
    /// Where the peer had connected to, before a NAT rule of this machine led it here; null: here, or the system does not say.
    /// </summary>
    public virtual IPEndPoint? OriginalDestination => null;

    /// <summary>
    /// Reads bytes that a look has seen and left there: all that <paramref name="into"/> has room for, or false when the peer has reset
    /// since.
    /// </summary>
    public abstract bool TryTake(Span<byte> into);

    /// <summary>
    /// Gives the system a few bytes, the first ones on this socket: all of them, or false when the peer has reset. They may be held back
    /// for a moment, so that they share a packet with those that come next.
    /// </summary>
    public abstract bool TrySend(ReadOnlySpan<byte> data);

    /// <summary>
    /// Bytes that were given to the system and that the peer's has not acknowledged, a FIN included; below zero: unknown. Any thread.
    /// </summary>
    public virtual int Unacknowledged => -1;

    /// <summary>How long its peer may leave things unacknowledged, in milliseconds; 0: the system's limit.</summary>
    public int UserTimeout { get; set; }

    /// <summary>What is on its way to the peer; false where the system does not say.</summary>
    public virtual bool TryReadSendQueue(out SendQueue queue)
    {
        queue = default;
        return false;
    }

    /// <summary>Sets the system's limit for what is not acknowledged.</summary>
    public virtual void LimitSilence(TimeSpan limit)
    {
    }

    /// <summary>Closes in order (FIN) when everything was delivered. Closing or resetting again does nothing.</summary>
    public abstract void Close();

    /// <summary>Closes with RST: the peer learns that the connection failed.</summary>
    public abstract void Reset();
}
